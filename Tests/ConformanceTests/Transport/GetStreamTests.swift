import JSON
import Testing

/// The stream on which a session hears what no request of its own asked for.
struct GetStreamTests {
    @Test("needs a client that takes events, and a session", arguments: Wire.sessions)
    func requirements(wire: Wire) async throws {
        for server in [try await Server.everything, try await Server.product] {
            let client = try await Client.open(wire, server)
            let wrongType = client.streamRequest.with("Accept", "application/json")
            #expect(try await server.send(wrongType).status == 406)
            #expect(try await server.send(Request.stream()).status == 400)
            #expect(try await server.send(Request.stream().with("Mcp-Session-Id", "unknown")).status == 404)
        }
    }

    @Test("is a stream without an endpoint event, and there is one for each session", arguments: Wire.sessions)
    func single(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let stream = try await client.server.open(client.streamRequest)
        #expect(stream.status == 200 && stream.isEventStream)
        #expect(stream.header("cache-control") == "no-cache")
        #expect(stream.header("x-accel-buffering") == "no")
        #expect(try await client.server.open(client.streamRequest).status == 409)
        #expect(try await stream.messages(for: .milliseconds(50)).allSatisfy { $0["id"] == nil })
        #expect(stream.history.allSatisfy { $0.type != "endpoint" })
        if wire.revision < .v2025_11_25 { #expect(stream.history.allSatisfy { !$0.isPriming }) }
    }

    @Test("carries list changes, and no other stream does", arguments: Wire.sessions)
    func listChanges(wire: Wire) async throws {
        let client = try await Client.open(wire)
        #expect(client.handshake["capabilities"]?["tools"]?["listChanged"] == true)
        #expect(client.handshake["capabilities"]?["prompts"]?["listChanged"] == true)
        let stream = try await client.server.open(client.streamRequest)
        for (tool, method) in [
            ("test_trigger_tool_change", "notifications/tools/list_changed"),
            ("test_trigger_prompt_change", "notifications/prompts/list_changed"),
        ] {
            let reply = try await client.call(tool)
            #expect(reply.earlier == [] && !reply.isError)
            let change = try #require(try await stream.nextMessage(method: method))
            #expect(change["id"] == nil)
            #expect(WireRules(wire: wire).violations(in: change) == [])
            #expect(change["params"]?["_meta"]?[ModernRequest.subscriptionKey] == nil)
        }
    }

    @Test("nothing is told before the client has said that it is ready", arguments: Wire.sessions)
    func beforeInitialized(wire: Wire) async throws {
        let server = try await Server.everything
        let hello = try await server.send(.post(RPC.initialize(wire.revision.rawValue).text))
        let session = [("Mcp-Session-Id", try #require(hello.header("mcp-session-id")))]
        let stream = try await server.open(.stream("/mcp", session))
        let other = try await Client.open(.modern)
        _ = try await other.call("test_trigger_tool_change")
        #expect(try await stream.messages(for: .milliseconds(50)) == [])
        let ready = RPC.notification("notifications/initialized")
        #expect(try await server.send(.post(ready.text, session)).status == 202)
        _ = try await other.call("test_trigger_tool_change")
        #expect(try await stream.nextMessage(method: "notifications/tools/list_changed") != nil)
    }

    @Test("nor on HTTP+SSE, not even before the handshake")
    func beforeHandshake() async throws {
        let server = try await Server.everything
        let stream = try await server.open(.stream("/sse"))
        let endpoint = try #require(try await stream.next()?.data)
        let other = try await Client.open(.modern)
        _ = try await other.call("test_trigger_tool_change")
        #expect(try await stream.messages(for: .milliseconds(50)) == [], "before initialize")
        #expect(try await server.send(.post(RPC.initialize("2024-11-05").text, path: endpoint)).status == 202)
        #expect(try await stream.nextReply()?["result"] != nil)
        _ = try await other.call("test_trigger_tool_change")
        #expect(try await stream.messages(for: .milliseconds(50)) == [], "before notifications/initialized")
    }

    @Test("carries no responses")
    func noResponses() async throws {
        let client = try await Client.open(.session)
        let stream = try await client.server.open(client.streamRequest)
        _ = try await client.call("test_tool_with_progress", meta: ["progressToken": 1])
        _ = try await client.request("tools/list")
        let messages = try await stream.messages(for: .milliseconds(100))
        #expect(messages.allSatisfy { $0["method"] != nil && $0["method"] != "notifications/progress" })
    }

    @Test("ends with the session")
    func ends() async throws {
        let client = try await Client.open(.session)
        let stream = try await client.server.open(client.streamRequest)
        _ = try await client.server.send(Request(method: "DELETE", headers: client.sessionHeaders))
        _ = try await stream.allMessages()
        #expect(stream.hasEnded)
    }

    @Test("may be opened anew after its connection is gone")
    func reopened() async throws {
        let client = try await Client.open(.session)
        let first = try await client.server.open(client.streamRequest)
        await first.close()
        var second = try await client.server.open(client.streamRequest)
        // The server learns of the end on its own thread.
        for _ in 0..<50 where second.status == 409 {
            await Task.yield()
            second = try await client.server.open(client.streamRequest)
        }
        #expect(second.status == 200)
        _ = try await client.call("test_trigger_tool_change")
        #expect(try await second.nextMessage(method: "notifications/tools/list_changed") != nil)
    }

    @Test("HTTP+SSE carries list changes on its only stream", arguments: Wire.sse)
    func onHTTPSSE(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let reply = try await client.call("test_trigger_tool_change")
        if reply.notifications("notifications/tools/list_changed").isEmpty {
            let stream = try #require(client.stream)
            #expect(try await stream.nextMessage(method: "notifications/tools/list_changed") != nil)
        }
    }
}
