import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

struct StatelessLadderTests {
    static let ladder: StatelessLadder = {
        var features = MCPFeatures(tools: [
            Tool(
                name: "echo", description: "d",
                inputSchema: [
                    "type": "object", "properties": ["region": ["type": "string", "x-mcp-header": "Region"]],
                ],
                immediately: { _ in .text("") })
        ])
        features.runsTasks = true
        return StatelessLadder(
            catalogue: FeatureCatalogue(
                features, configuration: MCPConfiguration(serverName: "s", serverVersion: "1")))
    }()
    static let version = #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#
    static let capabilities = #""io.modelcontextprotocol/clientCapabilities":{}"#
    static let meta = "\(version),\(capabilities)"
    static let standard: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list"]

    /// The outcome as text: `ok`, or the status and the code of the refusal.
    static func outcome(
        _ method: String, meta: String = meta, params: String = "", _ headers: HTTPHeaders
    ) throws -> String {
        let body = ByteBuffer(
            string: #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"_meta":{\#(meta)}\#(params)}}"#)
        guard case .message(let message) = try MessageScanner.scan(body) else { return "no message" }
        do {
            _ = try self.ladder.check(
                message, method: method, params: Params(message, in: body), fields: RequestFields(headers),
                headers: headers)
            return "ok"
        } catch { return "\(error.status) \(error.error.code.rawValue)" }
    }

    @Test(
        "the first thing wrong decides",
        arguments: [
            (meta, standard, "ok"),
            (version, standard, "400 -32602"), (capabilities, standard, "400 -32602"), ("", standard, "400 -32602"),
            // A missing key comes before everything the headers say.
            (version, ["mcp-protocol-version": "2025-11-25"], "400 -32602"),
            (#""io.modelcontextprotocol/protocolVersion":1,\#(capabilities)"#, standard, "400 -32602"),
            (#"\#(version),"io.modelcontextprotocol/clientCapabilities":[]"#, standard, "400 -32602"),
            (meta, ["mcp-method": "tools/list"], "400 -32020"),
            (meta, ["mcp-protocol-version": "2025-11-25", "mcp-method": "tools/list"], "400 -32020"),
            // The mismatch comes before the unknown version.
            (
                #""io.modelcontextprotocol/protocolVersion":"v999.0.0",\#(capabilities)"#, standard, "400 -32020"
            ),
            (
                #""io.modelcontextprotocol/protocolVersion":"v999.0.0",\#(capabilities)"#,
                ["mcp-protocol-version": "v999.0.0"], "400 -32022"
            ),
            (meta, ["mcp-protocol-version": "2026-07-28"], "400 -32020"),
            (meta, ["mcp-protocol-version": "2026-07-28", "mcp-method": "TOOLS/LIST"], "400 -32020"),
            (meta, ["mcp-protocol-version": "2026-07-28", "Mcp-Method": "  tools/list "], "ok"),
            (
                meta,
                HTTPHeaders([
                    ("mcp-protocol-version", "2026-07-28"), ("mcp-method", "tools/list"), ("mcp-method", "tools/list"),
                ]),
                "400 -32020"
            ),
        ] as [(String, HTTPHeaders, String)])
    func order(meta: String, headers: HTTPHeaders, expected: String) throws {
        #expect(try Self.outcome("tools/list", meta: meta, headers) == expected)
    }

    @Test(
        "what the client cannot be for this revision is not there",
        arguments: [
            "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "unknown/method",
            "prompts/list", "resources/list", "tasks/list", "tasks/result", "notifications/cancelled",
        ])
    func unknown(method: String) throws {
        let headers: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": method]
        #expect(try Self.outcome(method, headers) == "404 -32601")
    }

    @Test(
        "names and arguments repeat what the body says",
        arguments: [
            ("echo", nil, #","name":"echo""#, "ok"), (" echo ", nil, #","name":"echo""#, "ok"),
            ("=?base64?ZWNobw==?=", nil, #","name":"echo""#, "ok"),
            ("=?base64?ZWNobw?=", nil, #","name":"echo""#, "400 -32020"),
            ("=?base64?ZWNobx==?=", nil, #","name":"echo""#, "400 -32020"),
            ("=?BASE64?ZWNobw==?=", nil, #","name":"echo""#, "400 -32020"),
            ("other", nil, #","name":"echo""#, "400 -32020"), (nil, nil, #","name":"echo""#, "400 -32020"),
            ("=?base64?ZWNobw==", nil, #","name":"=?base64?ZWNobw==""#, "ok"), (nil, nil, "", "ok"),
            ("echo", "eu", #","name":"echo","arguments":{"region":"eu"}"#, "ok"),
            ("echo", "=?base64?ZXU=?=", #","name":"echo","arguments":{"region":"eu"}"#, "ok"),
            ("echo", "us", #","name":"echo","arguments":{"region":"eu"}"#, "400 -32020"),
            ("echo", nil, #","name":"echo","arguments":{"region":"eu"}"#, "400 -32020"),
            ("echo", "eu", #","name":"echo","arguments":{"region":null}"#, "400 -32020"),
            ("echo", "eu", #","name":"echo""#, "400 -32020"),
            ("echo", nil, #","name":"echo","arguments":{"region":null}"#, "ok"),
        ] as [(String?, String?, String, String)])
    func routing(name: String?, region: String?, params: String, expected: String) throws {
        var headers: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call"]
        if let name { headers.add(name: "Mcp-Name", value: name) }
        if let region { headers.add(name: "Mcp-Param-Region", value: region) }
        #expect(try Self.outcome("tools/call", params: params, headers) == expected)
    }

    @Test("tasks need the extension to be declared")
    func tasks() throws {
        let headers: HTTPHeaders = [
            "mcp-protocol-version": "2026-07-28", "mcp-method": "tasks/get", "mcp-name": "t",
        ]
        #expect(try Self.outcome("tasks/get", params: #","taskId":"t""#, headers) == "400 -32021")
        let declared =
            #"\#(Self.version),"io.modelcontextprotocol/clientCapabilities":"#
            + #"{"extensions":{"io.modelcontextprotocol/tasks":{}}}"#
        #expect(try Self.outcome("tasks/get", meta: declared, params: #","taskId":"t""#, headers) == "ok")
        #expect(try Self.outcome("tasks/get", meta: declared, params: #","taskId":"u""#, headers) == "400 -32020")
        let unnamed: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": "tasks/get"]
        #expect(try Self.outcome("tasks/get", meta: declared, params: #","taskId":"t""#, unnamed) == "ok")
    }

    @Test("unknown versions are answered with those there are")
    func unsupported() throws {
        let body = ByteBuffer(
            string: #"{"params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"x",\#(Self.capabilities)}}}"#)
        guard case .message(let message) = try MessageScanner.scan(body) else { return }
        let refusal = #expect(throws: StatelessLadder.Refusal.self) {
            _ = try Self.ladder.check(
                message, method: "x", params: Params(message, in: body),
                fields: RequestFields(["mcp-protocol-version": "x"]), headers: [:])
        }
        #expect(refusal?.error.data == ["supported": ["2026-07-28"], "requested": "x"])
    }

    @Test("header parameters are found along properties only, and compared by their type")
    func headerParameters() {
        let schema: JSONValue = [
            "properties": [
                "a": ["type": "object", "properties": ["b": ["type": "integer", "x-mcp-header": "Count"]]],
                "c": ["items": ["x-mcp-header": "Never"]], "d": ["type": "boolean", "x-mcp-header": "Flag"],
            ]
        ]
        let found = HeaderParameter.all(in: schema)
        #expect(found.map(\.path) == [["a", "b"], ["d"]])
        #expect(found.map(\.header) == ["mcp-param-count", "mcp-param-flag"])
        let arguments: JSONObject = ["a": ["b": JSONValue.number(JSONNumber(7))], "d": true]
        #expect(found[0].mismatch(.single("7"), arguments) == nil)
        #expect(found[0].mismatch(.single("07"), arguments) == nil)
        #expect(found[0].mismatch(.single("8"), arguments) != nil)
        #expect(found[1].mismatch(.single("true"), arguments) == nil)
        #expect(found[1].mismatch(.single("True"), arguments) != nil)
        #expect(found[1].mismatch(.conflicting, arguments) != nil)
    }
}
