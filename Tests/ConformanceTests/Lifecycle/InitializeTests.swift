import JSON
import Testing

/// The handshake of the revisions that have one.
struct InitializeTests {
    @Test(
        "a supported revision is echoed, anything else ends in the latest that has a handshake",
        arguments: Revision.legacy.map { ($0.rawValue, $0.rawValue) }
            + [("2026-07-28", "2025-11-25"), ("2031-01-01", "2025-11-25"), ("1.0", "2025-11-25")])
    func negotiation(requested: String, expected: String) async throws {
        let server = try await Server.everything
        let answer = try await server.send(.post(RPC.initialize(requested, id: "abc").text))
        #expect(answer.status == 200 && answer.contentType == "application/json")
        #expect(answer.json?["id"] == "abc")
        #expect(answer.result?["protocolVersion"]?.stringValue == expected)

        let stream = try await server.open(.stream("/sse"))
        let endpoint = try #require(try await stream.next()?.data)
        #expect(try await server.send(.post(RPC.initialize(requested).text, path: endpoint)).status == 202)
        let message = try #require(try await stream.nextReply())
        #expect(message["result"]?["protocolVersion"]?.stringValue == expected)
    }

    @Test("the result says who the server is and nothing else", arguments: Wire.legacy)
    func result(wire: Wire) async throws {
        let handshake = try await Client.open(wire).handshake
        #expect(
            handshake.keys.subtracting(["protocolVersion", "capabilities", "serverInfo", "instructions", "_meta"]) == []
        )
        #expect(handshake["serverInfo"]?["name"]?.stringValue?.isEmpty == false)
        #expect(handshake["serverInfo"]?["version"]?.stringValue?.isEmpty == false)
        #expect(handshake["capabilities"]?.objectValue != nil)
    }

    @Test("what is declared works, what is not is an unknown method", arguments: Wire.all)
    func capabilities(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let declared = try #require(client.handshake["capabilities"])
        for (capability, method) in [
            ("tools", "tools/list"), ("prompts", "prompts/list"), ("resources", "resources/list"),
            ("resources", "resources/templates/list"),
        ] {
            let reply = try await client.request(method)
            #expect((declared[capability] != nil) == (reply.errorCode != -32601), "\(method)")
            #expect(declared[capability] != nil, "\(capability) has fixtures")
        }
        #expect((declared["completions"] != nil) == (wire.revision >= .v2025_03_26))
        #expect(declared["tasks"] == nil)
        if !wire.isModern {
            let level = try await client.request("logging/setLevel", ["level": "info"])
            #expect((declared["logging"] != nil) == (level.errorCode != -32601))
            let subscribe = try await client.request("resources/subscribe", ["uri": "test://watched-resource"])
            #expect((declared["resources"]?["subscribe"] == true) == (subscribe.errorCode != -32601))
        }
    }

    @Test("the version header may be there or not", arguments: [nil] + Revision.legacy.map { $0.rawValue as String? })
    func versionHeader(header: String?) async throws {
        for version in Revision.legacy {
            let request = Request.post(RPC.initialize(version.rawValue).text).with("MCP-Protocol-Version", header)
            let answer = try await Server.everything.send(request)
            #expect(answer.status == 200)
            #expect(answer.result?["protocolVersion"]?.stringValue == version.rawValue)
        }
    }

    @Test("a header of the revision without handshake contradicts it")
    func modernHeader() async throws {
        let request = Request.post(RPC.initialize("2025-11-25", id: 9).text).with("MCP-Protocol-Version", "2026-07-28")
        let answer = try await Server.everything.send(request)
        Refusal.headerMismatch.expect(answer, id: 9)
        #expect(answer.header("mcp-session-id") == nil)
    }

    @Test("an id of an old session on it is forgotten", arguments: Revision.legacy)
    func staleSession(revision: Revision) async throws {
        let request = Request.post(RPC.initialize(revision.rawValue).text).with("Mcp-Session-Id", "long-gone")
        let answer = try await Server.everything.send(request)
        #expect(answer.status == 200)
        #expect(answer.header("mcp-session-id") != "long-gone")
    }

    @Test(
        "what is no valid handshake opens no session",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, 200, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#, 200, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":7}}"#, 200, -32602),
            (
                #"{"jsonrpc":"2.0","id":null,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#, 400,
                -32600
            ),
            (
                #"[{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}]"#, 400,
                -32600
            ),
        ])
    func invalid(body: String, status: Int, code: Int) async throws {
        for server in [try await Server.everything, try await Server.product] {
            let answer = try await server.send(.post(body))
            #expect(answer.status == status && answer.errorCode == code, "\(answer)")
            #expect(answer.header("mcp-session-id") == nil)
        }
    }
}
