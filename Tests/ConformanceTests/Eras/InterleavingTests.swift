import JSON
import TestSupport
import Testing

/// All revisions on one connection, in any order.
struct InterleavingTests {
    /// What the answer of `tools/list` looks like at a revision.
    private func expectList(_ answer: Answer, _ revision: Revision) {
        let wire = Wire(revision: revision, transport: .streamable)
        #expect(answer.status == 200)
        let reply = Reply(status: answer.status, message: answer.reply ?? .null, earlier: [], events: [])
        #expect(WireRules(wire: wire).violations(in: reply, to: "tools/list") == [], "\(revision)")
        #expect((answer.result?["resultType"] != nil) == revision.isModern)
    }

    @Test("requests of five revisions take turns on one connection")
    func turns() async throws {
        let server = try await Server.everything
        let connection = try await server.connect()
        var sessions: [(revision: Revision, id: String)] = []
        for revision in Revision.legacy {
            let answer = try await connection.send(.post(RPC.initialize(revision.rawValue).text))
            sessions.append((revision, try #require(answer.header("mcp-session-id"))))
            self.expectList(try await connection.send(ModernRequest("tools/list").request), .modern)
        }
        for _ in 0..<3 {
            for (revision, id) in sessions.reversed() {
                let list = Request.post(RPC.request("tools/list").text, [("Mcp-Session-Id", id)])
                self.expectList(try await connection.send(list), revision)
                self.expectList(try await connection.send(ModernRequest("tools/list").request), .modern)
            }
        }
        let bare = try await connection.send(.post(RPC.request("tools/list").text))
        #expect(bare.status == 400)
    }

    @Test("requests sent before the answers have come are answered in their order")
    func pipelined() async throws {
        let server = try await Server.everything
        let connection = try await server.connect()
        let hello = try await connection.send(.post(RPC.initialize("2025-03-26").text))
        let id = try #require(hello.header("mcp-session-id"))
        let requests: [(Request, Revision)] = [
            (.post(RPC.request("tools/list").text, [("Mcp-Session-Id", id)]), .v2025_03_26),
            (ModernRequest("tools/list").request, .modern),
            (.post(RPC.request("tools/list").text, [("Mcp-Session-Id", id)]), .v2025_03_26),
        ]
        for (request, _) in requests { connection.write(request) }
        for (_, revision) in requests { self.expectList(try await connection.readAnswer(), revision) }
    }

    @Test("a session id on a self-describing request is ignored, whether it lives or not")
    func sessionIgnored() async throws {
        let client = try await Client.open(.session)
        for id in [client.session ?? "", "unknown"] {
            let answer = try await client.server.send(
                ModernRequest("tools/list").adding("Mcp-Session-Id", id).request)
            self.expectList(answer, .modern)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("an error of one revision does not disturb the next request of another")
    func afterErrors() async throws {
        let server = try await Server.everything
        let session = try await Client.open(.session)
        let connection = try await server.connect()
        for request in [
            Request.post("not JSON"), ModernRequest("unknown/method").request,
            ModernRequest("tools/list").header("Mcp-Method", nil).request, .post("[]"),
            .post(RPC.request("ping").text, [("Mcp-Session-Id", "unknown")]), Request(method: "PUT"),
            ModernRequest.call("test_missing_capability").request,
        ] {
            #expect((400..<500).contains(try await connection.send(request).status))
            self.expectList(try await connection.send(ModernRequest("tools/list").request), .modern)
            let list = session.request(posting: RPC.request("tools/list"))
            self.expectList(try await connection.send(list), .latestLegacy)
        }
    }

    @Test("a stream of one revision on one connection leaves the others alone")
    func streams() async throws {
        let session = try await Client.open(.session)
        let stream = try await session.server.open(session.streamRequest)
        let listener = try await session.server.open(
            ModernRequest("subscriptions/listen", ["notifications": ["toolsListChanged": true]]).id("mine").request)
        _ = try await listener.nextMessage()
        _ = try await Client.open(.modern).call("test_trigger_tool_change")
        let forSession = try #require(try await stream.nextMessage(method: "notifications/tools/list_changed"))
        let forListener = try #require(try await listener.nextMessage(method: "notifications/tools/list_changed"))
        #expect(forSession["params"]?["_meta"]?[ModernRequest.subscriptionKey] == nil)
        #expect(forListener["params"]?["_meta"]?[ModernRequest.subscriptionKey] == "mine")
        #expect(listener.history.allSatisfy { $0.id == nil })
    }

    @Test("everything works the same over TLS")
    func secure() async throws {
        let server = try await Server.secureEverything()
        for wire in Wire.all {
            let client = try await Client.open(wire, server, capabilities: ModernRequest.everyCapability)
            self.expectTools(try await client.request("tools/list"))
            let reply = try await client.call("test_tool_with_progress", meta: ["progressToken": "tls"])
            #expect(reply.notifications("notifications/progress").count >= 3)
        }
        #expect(await server.program.stop() == 0)
    }

    private func expectTools(_ reply: Reply) { #expect(reply.result?["tools"]?.arrayValue?.isEmpty == false) }
}
