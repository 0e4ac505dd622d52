import JSON
import TestSupport
import Testing

/// A server that is told to stop takes its leave.
struct ShutdownTests {
    @Test("every stream ends in good order, that of a listener with the answer to its request")
    func goodbye() async throws {
        let server = try await Server.separateEverything()
        let listen = ModernRequest("subscriptions/listen", ["notifications": ["toolsListChanged": true]]).id("bye")
        let listener = try await server.open(listen.request)
        _ = try await listener.nextMessage()
        let session = try await Client.open(.session, server)
        let stream = try await session.server.open(session.streamRequest)
        let old = try await server.open(.stream("/sse"))
        #expect(try await old.next()?.type == "endpoint")

        async let code = server.program.stop()
        let goodbye = try #require(try await listener.allMessages().last)
        #expect(goodbye["id"] == "bye" && goodbye["result"]?["resultType"] == "complete")
        #expect(goodbye["result"]?["_meta"]?[ModernRequest.subscriptionKey] == "bye")
        for stream in [stream, old] {
            _ = try await stream.allMessages()
            #expect(stream.hasEnded)
        }
        #expect(await code == 0)
    }
}
