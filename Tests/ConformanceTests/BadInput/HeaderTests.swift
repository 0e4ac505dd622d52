import Foundation
import JSON
import Testing

/// Headers that repeat what a self-describing request says.
struct HeaderTests {
    private static let call = ModernRequest.call("test_simple_text")

    private func send(_ request: ModernRequest) async throws -> Answer {
        try await Server.everything.send(request.request)
    }

    @Test(
        "a method in other letters, another one or none is a mismatch",
        arguments: [
            "TOOLS/CALL", "tools/list", "Tools/Call", "tools/call ; x", "", "=?base64?dG9vbHMvY2FsbA==?=x", nil,
        ]
    )
    func method(value: String?) async throws {
        Refusal.headerMismatch.expect(try await self.send(HeaderTests.call.header("Mcp-Method", value)), id: 1)
    }

    @Test("another name or none is a mismatch", arguments: ["greet", "TEST_SIMPLE_TEXT", "", nil])
    func name(value: String?) async throws {
        Refusal.headerMismatch.expect(try await self.send(HeaderTests.call.header("Mcp-Name", value)), id: 1)
        let prompt = ModernRequest("prompts/get", ["name": "test_simple_prompt"]).header("Mcp-Name", value)
        Refusal.headerMismatch.expect(try await self.send(prompt), id: 1)
        let read = ModernRequest("resources/read", ["uri": "test://static-text"]).header("Mcp-Name", value)
        Refusal.headerMismatch.expect(try await self.send(read), id: 1)
    }

    @Test("the product checks them too")
    func product() async throws {
        let server = try await Server.product
        let list = ModernRequest("tools/list")
        for wrong in [list.header("Mcp-Method", nil), list.header("Mcp-Method", "TOOLS/LIST")] {
            Refusal.headerMismatch.expect(try await server.send(wrong.request), id: 1)
        }
        let call = ModernRequest.call("search_tools", ["query": "sales"])
        #expect(try await server.send(call.request).result?["content"] != nil)
        Refusal.headerMismatch.expect(try await server.send(call.header("Mcp-Name", nil).request), id: 1)
        Refusal.headerMismatch.expect(try await server.send(call.header("Mcp-Name", "run_code").request), id: 1)
    }

    @Test("names of headers have no case, and blanks around values do not count")
    func spelling() async throws {
        let lower = HeaderTests.call.with { request in
            request.headers = request.headers.map { ($0.name.lowercased(), $0.value) }
        }
        let upper = HeaderTests.call.with { request in
            request.headers = request.headers.map { ($0.name.uppercased(), $0.value) }
        }
        let padded = HeaderTests.call.with { request in
            request.headers = request.headers.map { ($0.name, "  \t \($0.value) \t ") }
        }
        for request in [lower, upper, padded] {
            let answer = try await self.send(request)
            #expect(answer.status == 200 && answer.result != nil, "\(answer)")
        }
    }

    @Test("marked Base64 stands for what it encodes")
    func encoded() async throws {
        for name in ["test_simple_text", "no_such_täol 🙂", " edge ", "=?base64?eA==?=", "tab\there"] {
            let encoded = "=?base64?\(Data(name.utf8).base64EncodedString())?="
            let answer = try await self.send(ModernRequest.call(name).header("Mcp-Name", encoded))
            #expect(answer.status == 200, "\(name): \(answer)")
            #expect(name == "test_simple_text" ? answer.result != nil : answer.errorCode == -32602)
        }
    }

    @Test(
        "what only looks like marked Base64 is taken literally or refused",
        arguments: [
            "=?base64?dGVzdF9zaW1wbGVfdGV4dA=?=",  // padding too short
            "=?base64?dGVzdF9zaW1wbGVfdGV4dA?=",  // no padding
            "=?base64?dGVzdF9zaW1wbGVfdGV4dA===?=",  // padding too long
            "=?base64?dGVzdF9zaW1wbGV fdGV4dA==?=",  // a blank inside
            "=?base64?dGVzdF9zaW1wbGVfdGV4dB==?=",  // bits behind the end
            "=?base64?dGVzdF9zaW1wbGVfdGV4d-==?=",  // the URL alphabet
            "=?base64?!!!!?=", "=?base64??=",
            "=?BASE64?dGVzdF9zaW1wbGVfdGV4dA==?=",  // marker in capitals
            "=?base64?dGVzdF9zaW1wbGVfdGV4dA==",  // no end
            "base64?dGVzdF9zaW1wbGVfdGV4dA==?=",  // no beginning
            "dGVzdF9zaW1wbGVfdGV4dA==", "=?base64?/w==?=",
        ])
    func notEncoded(value: String) async throws {
        Refusal.headerMismatch.expect(try await self.send(HeaderTests.call.header("Mcp-Name", value)), id: 1)
    }

    @Test("half a marker makes no encoding: the value is meant as it is")
    func literal() async throws {
        for name in ["=?base64?eA==", "eA==?=", "=?BASE64?eA==?=", "=?base64?"] {
            let answer = try await self.send(ModernRequest.call(name).header("Mcp-Name", name))
            #expect(answer.errorCode == -32602 && answer.status == 200, "\(name): \(answer)")
        }
    }

    @Test("bytes that are no ASCII do not stand for text", arguments: ["täst", "\u{1}test"])
    func raw(name: String) async throws {
        let answer = try await self.send(HeaderTests.call.header("Mcp-Name", name))
        #expect(answer.status == 400)
    }

    @Test(
        "a routing header given twice is refused, whichever copy is right",
        arguments: ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"])
    func twice(name: String) async throws {
        let right = HeaderTests.call.headers.first { $0.name == name }?.value ?? ""
        let other = name == "MCP-Protocol-Version" ? "2025-11-25" : "other"
        // The same version twice leaves nothing to disagree about.
        let equal = name == "MCP-Protocol-Version" ? [] : [[right, right]]
        for values in [[right, other], [other, right]] + equal {
            var request = HeaderTests.call.header(name, nil)
            for value in values { request = request.adding(name, value) }
            let answer = try await self.send(request)
            Refusal.headerMismatch.expect(answer, id: 1, "\(values)")
        }
        let list = HeaderTests.call.header(name, "\(right), \(right)")
        #expect(try await self.send(list).status == 400)
    }

    @Test("methods without a name need no name header, and older revisions need none at all")
    func notNeeded() async throws {
        #expect(try await self.send(ModernRequest("tools/list")).status == 200)
        let client = try await Client.open(.session)
        let call = client.request(posting: RPC.request("tools/call", ["name": "test_simple_text"]))
        let wrong = call.adding("Mcp-Method", "tools/list").adding("Mcp-Name", "greet")
        #expect(try await client.server.send(wrong).result?["content"] != nil)
    }

    // MARK: Parameters in headers

    /// A tool with a text parameter that goes into a header, and arguments for it.
    private func parameterCall(_ value: JSONValue?) async throws -> (request: ModernRequest, header: String) {
        let tools = try await ToolListTests.tools(try await Client.open(.modern))
        for tool in tools {
            for (name, schema) in tool["inputSchema"]?["properties"]?.objectValue ?? [:] {
                guard schema["type"] == "string", let header = schema["x-mcp-header"]?.stringValue else { continue }
                var arguments: JSONValue = [:]
                for required in tool["inputSchema"]?["required"]?.arrayValue ?? [] {
                    arguments = arguments.with(required.stringValue ?? "", "x")
                }
                let call = ModernRequest.call(tool["name"]?.stringValue ?? "", arguments.with(name, value))
                return (call, "Mcp-Param-" + header)
            }
        }
        throw Connection.NoAnswer(description: "no tool has a parameter with x-mcp-header")
    }

    private static func marked(_ text: String) -> String {
        "=?base64?\(Data(text.utf8).base64EncodedString())?="
    }

    @Test("a parameter's header agrees with the argument", arguments: ["eu-west", "Zürich 🙂", " edge ", "x"])
    func parameter(value: String) async throws {
        let (request, header) = try await self.parameterCall(.string(value))
        let encoded = try await self.send(request.adding(header, HeaderTests.marked(value)))
        #expect(encoded.status == 200 && encoded.error == nil, "\(encoded)")
        let plain = try await self.send(request.adding(header.lowercased(), ModernRequest.headerValue(value)))
        #expect(plain.status == 200 && plain.error == nil, "\(plain)")
    }

    @Test("a value with half a marker is meant as it is", arguments: ["SGVsbG8=?=", "=?base64?SGVsbG8="])
    func literalParameter(value: String) async throws {
        let (request, header) = try await self.parameterCall(.string(value))
        let answer = try await self.send(request.adding(header, value))
        #expect(answer.status == 200 && answer.error == nil, "\(answer)")
    }

    @Test(
        "another value, bad Base64, two values or none is a mismatch",
        arguments: [
            ["other"], ["=?base64?SGVsbG8?="], ["=?base64?SGVs!!!bG8=?="], ["=?base64?T3RoZXI=?="], [],
            ["Hello", "Hello"], ["Hello", "other"], ["hello"],
        ])
    func wrongParameter(values: [String]) async throws {
        var (request, header) = try await self.parameterCall("Hello")
        for value in values { request = request.adding(header, value) }
        Refusal.headerMismatch.expect(try await self.send(request), id: 1)
    }

    @Test("a header without its argument is a mismatch too", arguments: [nil, .null] as [JSONValue?])
    func headerWithoutArgument(value: JSONValue?) async throws {
        let (request, header) = try await self.parameterCall(value)
        Refusal.headerMismatch.expect(try await self.send(request.adding(header, "Hello")), id: 1)
    }

    @Test("older revisions know no such headers", arguments: Wire.legacy)
    func olderRevisions(wire: Wire) async throws {
        let (request, _) = try await self.parameterCall("Hello")
        let reply = try await Client.open(wire).request("tools/call", request.params)
        #expect(!reply.isError && !reply.content.isEmpty, "\(reply)")
    }
}
