import JSON
import TestSupport
import Testing

/// Sizes and numbers that strangers choose.
struct LimitTests {
    private static let bodyLimit = 4 * 1024 * 1024

    /// A valid message, padded to `count` bytes.
    private func padded(_ request: Request, to count: Int) -> Request {
        var request = request
        request.body += [UInt8](repeating: UInt8(ascii: " "), count: count - request.body.count)
        return request
    }

    @Test("a body of 4 MiB is read, one byte more is not")
    func bodySize() async throws {
        for server in [try await Server.everything, try await Server.product] {
            for request in [Request.post(RPC.initialize("2025-11-25").text), ModernRequest("tools/list").request] {
                #expect(try await server.send(self.padded(request, to: LimitTests.bodyLimit)).status == 200)
                #expect(try await server.send(self.padded(request, to: LimitTests.bodyLimit + 1)).status == 413)
            }
            #expect(try await server.send(ModernRequest("tools/list").request).status == 200)
        }
    }

    @Test("nor is one whose length is only announced, or not even that")
    func announcedSize() async throws {
        let server = try await Server.everything
        var announced = ModernRequest("tools/list").adding("Content-Length", "4194305").request
        announced.body = []
        #expect(try await server.send(announced).status == 413)
        var chunked = ModernRequest("tools/list").adding("Transfer-Encoding", "chunked").request
        let chunk = [UInt8](repeating: UInt8(ascii: " "), count: 1024 * 1024)
        chunked.body = []
        for _ in 0..<5 { chunked.body += Array("100000\r\n".utf8) + chunk + Array("\r\n".utf8) }
        #expect(try await server.send(chunked).status == 413)
    }

    @Test("the size is looked at before the message")
    func precedence() async throws {
        let request = self.padded(.post("not JSON"), to: LimitTests.bodyLimit + 1)
        #expect(try await Server.everything.send(request).status == 413)
    }

    @Test("connections that never shake hands leave nothing behind")
    func noState() async throws {
        let demo = try await Demo.start(["--plain-http"])
        let server = try Server(program: demo.sidecar, url: demo.url)
        let before = try await self.sessions(server)
        let requests: [Request] = [
            .post(RPC.request("tools/list").text), .post(RPC.request("initialize", [:]).text),
            .post(RPC.request("initialize", ["protocolVersion": 7]).text), .stream("/mcp"),
            .post(RPC.notification("notifications/initialized").text), ModernRequest("server/discover").request,
            .post(RPC.request("ping").text, path: "/messages?sessionId=unknown"), .post("hello"),
        ]
        for index in 0..<400 {
            let answer = try await server.send(requests[index % requests.count])
            #expect(answer.header("mcp-session-id") == nil)
        }
        for _ in 0..<50 {
            let stream = try await server.open(.stream("/sse"))
            _ = try await stream.next()
            await stream.close()
        }
        var after = try await self.sessions(server)
        for _ in 0..<200 where after != before { after = try await self.sessions(server) }
        #expect(after == before)
        #expect(await demo.sidecar.stop() == 0)
    }

    private func sessions(_ server: Server) async throws -> Int? {
        try await server.send(Request(method: "GET", path: "/health")).json?["sessions"]?.intValue
    }

    @Test("long names are answered like short ones", arguments: Wire.all)
    func longNames(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let long = String(repeating: "n", count: 8000)
        #expect(try await client.call(long).errorCode == -32602)
        let reply = try await client.call("greet", ["name": .string(String(repeating: "x", count: 100_000))])
        #expect(reply.error == nil && !reply.content.isEmpty)
    }
}
