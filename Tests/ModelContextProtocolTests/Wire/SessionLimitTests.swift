import JSON
import NIOHTTP1
import Sessions
import Testing

@testable import ModelContextProtocol

/// What many clients together may cost.
struct SessionLimitTests {
    @Test("a flood of handshakes pushes out itself, not a session in use")
    func flood() async throws {
        try await TestServer.run {
            $0.sessions.maximumCount = 10
        } _: { server in
            let worker = try await MCPTestSession.open(server.client)
            #expect(try await worker.request("ping")["result"] == [:])
            for _ in 0..<50 { _ = try await MCPTestSession.open(server.client) }
            #expect(server.mcp.sessionCount == 10)
            #expect(server.signals.count("session ended") == 41)
            #expect(try await worker.request("ping")["result"] == [:])
        }
    }

    @Test("an evicted session's stream ends")
    func evictedStream() async throws {
        try await TestServer.run {
            $0.sessions.maximumCount = 1
        } _: { server in
            var connection = EventReader(
                try await server.client.open(.GET, "/sse", headers: ["accept": "text/event-stream"]))
            #expect(await connection.next()?.event == "endpoint")
            _ = try await MCPTestSession.open(server.client)
            #expect(await connection.next() == nil)
            #expect(server.mcp.sessionCount == 1)
        }
    }
}
