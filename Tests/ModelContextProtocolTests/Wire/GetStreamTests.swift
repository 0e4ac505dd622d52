import JSON
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

/// The stream a session may keep open for what the server says unasked.
struct GetStreamTests {
    static func headers(_ session: MCPTestSession) -> HTTPHeaders {
        var headers = session.headers
        headers.replaceOrAdd(name: "accept", value: "text/event-stream")
        return headers
    }

    @Test("opens, stays open, refuses a second one, and makes room when it closes")
    func lifecycle() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let first = try await server.client.open(.GET, "/mcp", headers: Self.headers(session))
            #expect(first.status == 200)
            #expect(first.headers.first(name: "content-type") == "text/event-stream")
            #expect(first.headers.first(name: "x-accel-buffering") == "no")
            let second = try await server.client.send(.GET, "/mcp", headers: Self.headers(session))
            #expect(second.status == 409)
            first.close()
            // The server learns of the close in its own time; every refusal until then is the right answer.
            var status = 409
            while status == 409 {
                let stream = try await server.client.open(.GET, "/mcp", headers: Self.headers(session))
                status = stream.status
                stream.close()
            }
            #expect(status == 200)
        }
    }

    @Test("ends with its session and never names an endpoint")
    func endsWithSession() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            var events = EventReader(try await server.client.open(.GET, "/mcp", headers: Self.headers(session)))
            #expect(try await server.client.send(.DELETE, "/mcp", headers: session.headers).status == 204)
            // A place to come back to, and then nothing.
            let first = await events.next()
            #expect(first?.data == "" && first?.id != nil)
            #expect(await events.next() == nil)
        }
    }

    @Test("needs an event-stream Accept, a session, and event ids of this session")
    func refusals() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            for accept in ["application/json", "*/*"] {
                var headers = Self.headers(session)
                headers.replaceOrAdd(name: "accept", value: accept)
                #expect(try await server.client.send(.GET, "/mcp", headers: headers).status == 406)
            }
            let noSession: HTTPHeaders = ["accept": "text/event-stream"]
            #expect(try await server.client.send(.GET, "/mcp", headers: noSession).status == 400)
            let unknown = noSession + ["mcp-session-id": "unknown"]
            #expect(try await server.client.send(.GET, "/mcp", headers: unknown).status == 404)
            for id in ["1-0", "", "x.1.0", "x.1.0.0"] {
                let resuming = Self.headers(session) + ["last-event-id": id]
                let response = try await server.client.send(.GET, "/mcp", headers: resuming)
                #expect(response.status == 400)
                #expect(response.body.contains("Last-Event-ID"))
            }
        }
    }
}
