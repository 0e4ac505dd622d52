import JSON
import Testing

/// Nothing of one revision shows in the answers of another; ``Client`` looks at every message it receives.
struct LeakTests {
    private static let requests: [(method: String, params: JSONValue)] = [
        ("tools/list", [:]), ("prompts/list", [:]), ("resources/list", [:]), ("resources/templates/list", [:]),
        ("resources/read", ["uri": "test://static-text"]), ("resources/read", ["uri": "test://static-binary"]),
        ("prompts/get", ["name": "test_simple_prompt"]), ("prompts/get", ["name": "test_prompt_with_image"]),
        ("tools/call", ["name": "test_simple_text"]), ("tools/call", ["name": "test_image_content"]),
        ("tools/call", ["name": "test_audio_content"]), ("tools/call", ["name": "test_embedded_resource"]),
        ("tools/call", ["name": "test_multiple_content_types"]), ("tools/call", ["name": "test_error_handling"]),
        ("tools/call", ["name": "greet", "arguments": ["name": "World"]]),
    ]

    @Test("every result has the members of its revision and no others", arguments: Wire.all)
    func results(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for (method, params) in LeakTests.requests {
            let reply = try await client.request(method, params)
            #expect(reply.result != nil, "\(method) \(params.text): \(reply)")
        }
        if wire.revision >= .v2025_03_26 {
            let reference: JSONValue = ["type": "ref/prompt", "name": "test_prompt_with_arguments"]
            let argument: JSONValue = ["name": "arg1", "value": "x"]
            _ = try await client.request("completion/complete", ["ref": reference, "argument": argument])
        }
    }

    @Test("the same holds for the product", arguments: Wire.all)
    func product(wire: Wire) async throws {
        let client = try await Client.open(wire, try await Server.product)
        for method in ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
            _ = try await client.request(method)
        }
        for (tool, arguments) in [
            ("search_tools", ["query": "sales"]), ("read_tools", ["path": "tools"]), ("run_code", ["code": "1 + 1"]),
            ("run_code", ["code": "throw new Error('x')"]),
        ] as [(String, JSONValue)] {
            #expect(try await client.call(tool, arguments).result?["content"] != nil, "\(tool)")
        }
    }

    @Test("answers in the form of events follow the rules of their revision too", arguments: Wire.sessions + [.modern])
    func events(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let rules = WireRules(wire: wire)
        for (method, params) in LeakTests.requests {
            let request =
                wire.isModern
                ? ModernRequest(method, params).request : client.request(posting: RPC.request(method, params))
            let answer = try await client.server.send(request.with("Accept", "text/event-stream"))
            #expect(answer.status == 200 && answer.isEventStream)
            let reply = Reply(
                status: 200, message: try #require(answer.reply), earlier: [],
                events: answer.events.filter { $0.comment == nil })
            #expect(rules.violations(in: reply, to: method) == [], "\(method) \(params.text)")
            if wire.isModern { #expect(!answer.text.contains("\nid:") && !answer.text.hasPrefix("id:")) }
        }
    }

    @Test("empty results are empty", arguments: Wire.legacy)
    func emptyResults(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let uri: JSONValue = ["uri": "test://watched-resource"]
        for (method, params) in [
            ("ping", [:]), ("logging/setLevel", ["level": "info"]), ("resources/subscribe", uri),
            ("resources/unsubscribe", uri),
        ] as [(String, JSONValue)] {
            #expect(try await client.request(method, params).result == [:], "\(method)")
        }
    }

    @Test(
        "what the newest revision dropped is an unknown method there",
        arguments: [
            "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe",
            "notifications/initialized", "unknown/method", "",
        ])
    func dropped(method: String) async throws {
        let params: JSONValue = [
            "protocolVersion": "2026-07-28", "level": "info", "uri": "test://watched-resource", "capabilities": [:],
        ]
        for server in [try await Server.everything, try await Server.product] {
            let answer = try await server.send(ModernRequest(method, params).id("the-id").request)
            Refusal.unknownMethod.expect(answer, id: "the-id", "\(method)")
            #expect(answer.header("mcp-session-id") == nil)
        }
    }

    @Test(
        "what only the newest revision has is an unknown method in sessions", arguments: Wire.legacy,
        ["server/discover", "subscriptions/listen", "tasks/update", "unknown/method"])
    func unknownInSessions(wire: Wire, method: String) async throws {
        let reply = try await Client.open(wire).request(method, ["notifications": [:], "taskId": "x"])
        #expect(reply.errorCode == -32601 && reply.status == 200, "\(reply)")
    }

    @Test("what is not known in _meta and params is ignored", arguments: Wire.all)
    func unknownMembers(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let meta: JSONValue = [
            "com.example/trace": ["a": 1], "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ]
        let reply = try await client.request("tools/list", ["x": [1, 2]], meta: meta)
        #expect(reply.result?["tools"] != nil, "\(reply)")
        #expect(try await client.request("tools/list", ["cursor": .null], meta: meta).status == 200)
    }

    @Test("parts of a self-description do not make a session's request modern", arguments: Wire.legacy)
    func partOfMeta(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let meta: JSONValue = [
            ModernRequest.clientInfoKey: ["name": "x", "version": "1"], ModernRequest.capabilitiesKey: [:],
            ModernRequest.logLevelKey: "debug",
        ]
        let reply = try await client.request("tools/list", meta: meta)
        #expect(reply.result?["tools"] != nil, "\(reply)")
    }

    @Test("completion is no method of 2024-11-05")
    func completionBefore() async throws {
        for wire in [Wire.sse[0], Wire(revision: .v2024_11_05, transport: .streamable)] {
            #expect(try await Client.open(wire).handshake["capabilities"]?["completions"] == nil)
        }
    }
}
