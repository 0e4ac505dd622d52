import JSON
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

/// Calls that take time: progress, cancellation, limits.
struct ToolCallTests {
    @Test("progress flows on the call's stream, then the answer, then the stream ends")
    func progress() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            var stream = try await session.stream(tool: "progress", id: #""p""#)
            let events = await stream.all()
            let first = try #require(events.first)
            #expect(first.data == "" && first.id?.isEmpty == false)
            let messages = events.dropFirst().compactMap(\.json)
            #expect(messages.count == 4)
            #expect(messages.prefix(3).map { $0["params"]?["progress"] } == [1, 2, 3])
            #expect(messages.prefix(3).allSatisfy { $0["params"]?["progressToken"] == 0 })
            #expect(messages.first?["params"]?["message"] == "step 1")
            #expect(messages.last?["id"] == "p")
            #expect(messages.last?["result"]?["content"] == [["type": "text", "text": "done"]])
        }
    }

    @Test(
        "only 2025-11-25 gets a priming event; older clients would try to parse it",
        arguments: [("2025-11-25", true), ("2025-06-18", false), ("2025-03-26", false), ("2024-11-05", false)])
    func priming(version: String, expected: Bool) async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, version: version)
            var stream = try await session.stream(tool: "progress")
            let events = await stream.all()
            #expect(events.contains { $0.data.isEmpty } == expected)
            #expect(events.allSatisfy { $0.id != nil })
        }
    }

    @Test("without a token, or when streams are not accepted, the answer is plain JSON")
    func plain() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            #expect(try await session.request("tools/call", #"{"name":"progress"}"#)["result"] != nil)
            var headers = session.headers
            headers.replaceOrAdd(name: "accept", value: "application/json")
            let response = try await session.post(
                #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":1}}}"#,
                headers: headers)
            #expect(response.headers.first(name: "content-type") == "application/json")
        }
    }

    @Test("a call for a client that takes streams only is answered on one")
    func streamOnly() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, version: "2025-06-18")
            var headers = session.headers
            headers.replaceOrAdd(name: "accept", value: "text/event-stream")
            let response = try await session.post(
                #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo"}}"#, headers: headers)
            #expect(response.headers.first(name: "content-type") == "text/event-stream")
            #expect(response.body.contains(#""id":2,"result""#))
        }
    }

    @Test("notifications/cancelled stops the tool and ends the response", arguments: [false, true])
    func cancel(onStream: Bool) async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, version: "2025-06-18")
            let answer = Task {
                guard onStream else { return try await session.request("tools/call", #"{"name":"slow"}"#, id: "7") }
                var stream = try await session.stream(tool: "slow", id: "7")
                return await stream.all().last?.json ?? .null
            }
            await server.signals.wait("slow started")
            let response = try await session.post(
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"changed mind"}}"#
            )
            #expect(response.status == 202)
            await server.signals.wait("slow cancelled")
            let value = try await answer.value
            #expect(value["id"] == 7)
            #expect(value["error"]?["code"] == -32800)
            await server.signals.wait("slow stopped")
            #expect(try await session.request("ping")["result"] == [:])
        }
    }

    @Test("a cancellation names ids by their type, and only of its own session")
    func cancelOther() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let other = try await MCPTestSession.open(server.client)
            let answer = Task { try await session.request("tools/call", #"{"name":"slow"}"#, id: "7") }
            await server.signals.wait("slow started")
            _ = try await session.post(
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"7"}}"#)
            _ = try await other.post(
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#)
            server.signals.send("release")
            #expect(try await answer.value["result"] != nil)
            #expect(server.signals.count("slow cancelled") == 0)
        }
    }

    @Test("a lost connection does not cancel the call")
    func disconnect() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let stream = try await session.stream(tool: "slow")
            await server.signals.wait("slow started")
            stream.stream.close()
            #expect(try await session.request("ping", id: "3")["result"] == [:])
            server.signals.send("release")
            await server.signals.wait("slow stopped")
            #expect(server.signals.count("slow cancelled") == 0)
            #expect(try await session.request("ping", id: "4")["result"] == [:])
        }
    }

    @Test("an id that is still running cannot be used again; afterwards it can")
    func duplicateID() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let first = Task { try await session.request("tools/call", #"{"name":"slow"}"#, id: "7") }
            await server.signals.wait("slow started")
            let second = try await session.request("tools/call", #"{"name":"echo"}"#, id: "7")
            #expect(second["error"]?["code"] == -32600)
            #expect(try await session.request("tools/call", #"{"name":"echo"}"#, id: #""7""#)["result"] != nil)
            server.signals.send("release")
            #expect(try await first.value["result"] != nil)
            #expect(try await session.request("tools/call", #"{"name":"echo"}"#, id: "7")["result"] != nil)
        }
    }

    @Test("a session runs only so many calls; the refusal is a text a model can act on")
    func limit() async throws {
        try await TestServer.run {
            $0.maximumRunningCalls = 2
        } _: { server in
            let session = try await MCPTestSession.open(server.client)
            let running = (1...2).map { id in
                Task { try await session.request("tools/call", #"{"name":"slow"}"#, id: "\(id)") }
            }
            await server.signals.wait("slow started", count: 2)
            let refused = try await session.request("tools/call", #"{"name":"slow"}"#, id: "3")
            #expect(refused["result"]?["isError"] == true)
            #expect(refused["result"]?["content"]?.arrayValue?.first?["text"]?.stringValue?.contains("wait") == true)
            server.signals.send("release")
            for task in running { #expect(try await task.value["result"] != nil) }
        }
    }

    @Test("the end of the session cancels its calls and answers them")
    func sessionEnd() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let answer = Task { try await session.request("tools/call", #"{"name":"slow"}"#) }
            await server.signals.wait("slow started")
            #expect(try await server.client.send(.DELETE, "/mcp", headers: session.headers).status == 204)
            await server.signals.wait("slow cancelled")
            #expect(try await answer.value["error"]?["code"] == -32800)
        }
    }

    @Test("neither credentials, session ids nor arguments are logged")
    func logging() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, headers: ["authorization": "Bearer s3cret"])
            _ = try await session.request("tools/call", #"{"name":"echo","arguments":{"a":"pa55word"}}"#)
            _ = try await session.request("tools/call", #"{"name":"pa55word"}"#)
            _ = try await server.client.send(.POST, "/mcp", headers: session.headers + ["origin": "null"], body: "{}")
            _ = try await server.client.send(.DELETE, "/mcp", headers: session.headers)
            await server.signals.wait("session ended")
            let lines = server.log.lines
            for message in ["session opened", "call finished", "request refused", "session ended"] {
                #expect(lines.contains { $0.contains(message) })
            }
            for secret in ["s3cret", "pa55word", session.id] { #expect(!lines.contains { $0.contains(secret) }) }
        }
    }

    @Test("stopping the server ends sessions, streams and calls, and refuses new ones")
    func shutdown() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let runner = Task { try await server.mcp.run() }
            let answer = Task { try await session.request("tools/call", #"{"name":"slow"}"#) }
            await server.signals.wait("slow started")
            var headers = session.headers
            headers.replaceOrAdd(name: "accept", value: "text/event-stream")
            var stream = EventReader(try await server.client.open(.GET, "/mcp", headers: headers))
            runner.cancel()
            await #expect(throws: CancellationError.self) { try await runner.value }
            #expect(try await answer.value["error"]?["code"] == -32800)
            #expect(await stream.all().allSatisfy { $0.data.isEmpty })
            await server.signals.wait("session ended")
            #expect(server.mcp.sessionCount == 0)
            let refused = try await server.client.send(
                .POST, "/mcp", headers: MCPTestSession.postHeaders, body: MCPTestSession.initialize("2025-11-25"))
            #expect(refused.status == 503)
        }
    }
}
