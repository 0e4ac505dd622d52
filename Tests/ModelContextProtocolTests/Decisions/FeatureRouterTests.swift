import JSON
import NIOCore
import Testing

@testable import ModelContextProtocol

struct FeatureRouterTests {
    static func router(_ features: MCPFeatures) -> FeatureRouter {
        var configuration = MCPConfiguration(serverName: "s", serverVersion: "1.2")
        configuration.serverTitle = "Server"
        configuration.instructions = "Be brief."
        configuration.pageSize = 2
        return FeatureRouter(catalogue: FeatureCatalogue(features, configuration: configuration))
    }

    static let echo = Tool(
        name: "echo", description: "d", inputSchema: ["type": "object"], immediately: { _ in .text("") })

    /// A route as text: the result, the code of the error, or what is called.
    static func outcome(
        _ method: String, _ params: String, features: MCPFeatures = MCPFeatures(tools: [echo]),
        revision: ProtocolRevision = .november2025
    ) throws -> String {
        do {
            let params = try Params(parsing: params)
            switch try self.router(features).route(method, params, meta: nil, revision: revision) {
            case .result(let body): return MessageEncoder.legacy.text(body)
            case .invoke(let invocation): return "\(invocation.method) \(invocation.name)"
            case .unknown: return "unknown"
            }
        } catch let error as RPCError { return "\(error.code.rawValue)" }
    }

    static let listing = #"{"tools":[{"name":"echo","description":"d","inputSchema":{"type":"object"}}]}"#

    @Test(
        "answers what it declares and nothing else",
        arguments: [
            ("tools/list", "{}", listing), ("tools/list", "null", listing), ("tools/list", #"{"cursor":""}"#, listing),
            ("tools/list", #"{"cursor":"x"}"#, "-32602"), ("tools/list", #"{"cursor":1}"#, "-32602"),
            ("tools/call", #"{"name":"echo"}"#, "tools/call echo"),
            ("tools/call", #"{"name":"echo","arguments":{"a":1},"task":{}}"#, "tools/call echo"),
            ("tools/call", #"{"name":"echo","arguments":null}"#, "tools/call echo"),
            ("tools/call", #"{"name":"echo","arguments":[]}"#, "-32602"), ("tools/call", #"{"name":"nope"}"#, "-32602"),
            ("tools/call", "{}", "-32602"), ("tools/call", #"{"name":5}"#, "-32602"),
            ("prompts/list", "{}", "unknown"), ("prompts/get", "{}", "unknown"), ("resources/list", "{}", "unknown"),
            ("resources/read", "{}", "unknown"), ("resources/templates/list", "{}", "unknown"),
            ("completion/complete", "{}", "unknown"), ("", "{}", "unknown"),
        ])
    func table(method: String, params: String, expected: String) throws {
        #expect(try Self.outcome(method, params) == expected)
    }

    @Test("an unknown tool's error names the tools there are")
    func unknownTool() throws {
        let router = Self.router(MCPFeatures(tools: [Self.echo]))
        let error = #expect(throws: RPCError.self) {
            _ = try router.route("tools/call", try Params(parsing: #"{"name":"x"}"#), meta: nil, revision: .june2025)
        }
        #expect(error?.message.contains("echo") == true)
    }

    @Test("long lists come in pages, and only cursors that were given out lead on")
    func pages() throws {
        let prompts = (1...5).map { number in
            Prompt(name: "p\(number)", description: "d", handler: .immediate { _ in PromptResult(messages: []) })
        }
        var cursor: String?
        var names: [String] = []
        for _ in 0..<3 {
            let params = cursor.map { #"{"cursor":"\#($0)"}"# } ?? "{}"
            let text = try Self.outcome("prompts/list", params, features: MCPFeatures(prompts: prompts))
            let page = try JSONValue(parsing: text)
            names += (page["prompts"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            cursor = page["nextCursor"]?.stringValue
        }
        #expect(names == ["p1", "p2", "p3", "p4", "p5"])
        #expect(cursor == nil)
    }

    @Test("the handshake says what the server is and can")
    func handshake() throws {
        let catalogue = Self.router(MCPFeatures(tools: [Self.echo])).catalogue
        let new = try JSONValue(parsing: MessageEncoder.legacy.text(catalogue.handshake(for: .november2025)))
        #expect(
            new == [
                "protocolVersion": "2025-11-25", "capabilities": ["tools": [:]],
                "serverInfo": ["name": "s", "title": "Server", "version": "1.2"], "instructions": "Be brief.",
            ])
        let old = try JSONValue(parsing: MessageEncoder.legacy.text(catalogue.handshake(for: .november2024)))
        #expect(old["serverInfo"] == ["name": "s", "version": "1.2"])
    }

    @Test("each revision is told of the capabilities it knows")
    func capabilities() throws {
        var features = MCPFeatures(
            tools: [Self.echo],
            resourceTemplates: [
                ResourceTemplate(
                    uriTemplate: "a:{b}", name: "n", complete: { _ in [] }, handler: .immediate { _ in [] })
            ])
        features.announcesListChanges = true
        features.takesSubscriptions = true
        features.runsTasks = true
        let catalogue = Self.router(features).catalogue
        func capabilities(_ body: ResultBody) throws -> JSONValue? {
            try JSONValue(parsing: MessageEncoder.legacy.text(body))["capabilities"]
        }
        let common: JSONValue = ["listChanged": true]
        #expect(
            try capabilities(catalogue.handshake(for: .november2024))
                == ["resources": ["listChanged": true, "subscribe": true], "tools": common])
        #expect(try capabilities(catalogue.handshake(for: .march2025))?["completions"] == [:])
        let modern = try capabilities(catalogue.discovery)
        #expect(modern?["extensions"] == ["io.modelcontextprotocol/tasks": [:]])
        #expect(modern?["tasks"] == nil && modern?["logging"] == nil && modern?["prompts"] == nil)
    }
}
