import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing
import WireTestSupport

struct ShutdownTests {
    private func start(_ handler: FunctionHandler, _ configuration: HTTPServerConfiguration = .init()) async throws
        -> HTTPServer
    {
        try await HTTPServer.start(configuration: configuration, handler: handler, logger: Logger(label: "test"))
    }

    @Test("closes idle connections at once and takes no new ones")
    func idle() async throws {
        let server = try await self.start(.echo)
        let client = try await RawClient.connect(port: server.port)
        try await client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
        try await client.receive(until: "GET /1 ")
        let clock = ContinuousClock()
        let time = await clock.measure { await server.shutdown(deadline: .seconds(60)) }
        #expect(time < .seconds(10))
        try await client.receiveAll()
        await #expect(throws: (any Error).self) { try await RawClient.connect(port: server.port) }
        #expect(server.connectionCount == 0)
    }

    @Test("lets a running request finish, says that the connection ends, and waits for event streams")
    func running() async throws {
        let asked = Signal<HTTPResponder>()
        let opened = Signal<EventStream>()
        let server = try await self.start(
            FunctionHandler { request, responder in
                if request.path == "/events" {
                    opened.succeed(responder.startEventStream())
                } else {
                    asked.succeed(responder)
                }
            })
        let streaming = try await RawClient.connect(port: server.port)
        try await streaming.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
        let stream = try await opened.wait()
        let client = try await RawClient.connect(port: server.port)
        try await client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
        let responder = try await asked.wait()
        let shutdown = Task { await server.shutdown(deadline: .seconds(60)) }
        // The listener is closed when nobody can connect any more.
        await eventually { (try? await RawClient.connect(port: server.port).close()) == nil }
        stream.send(ServerSentEvent(data: ByteBuffer(string: "last words")))
        stream.finish()
        let events = try await streaming.receiveAll()
        #expect(events.hasSuffix("data: last words\n\n\r\n0\r\n\r\n"), "\(events)")
        responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: "done")))
        let answer = try await client.receiveAll()
        #expect(answer.contains("connection: close\r\n") && answer.hasSuffix("done"), "\(answer)")
        await shutdown.value
    }

    @Test("cuts off what has not finished at the deadline")
    func deadline() async throws {
        let asked = Signal<HTTPResponder>()
        let gone = Signal<Void>()
        let server = try await self.start(
            FunctionHandler { _, responder in
                responder.onDisconnect { gone.succeed() }
                asked.succeed(responder)
            })
        let client = try await RawClient.connect(port: server.port)
        try await client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
        let responder = try await asked.wait()
        await server.shutdown(deadline: .milliseconds(50))
        try await gone.wait()
        #expect(try await client.receiveAll() == "")
        responder.send(HTTPResponse(status: .ok))
    }

    @Test("drains HTTP/2 connections: the running request is answered, then the connection closes")
    func http2() async throws {
        let certificate = try TestCertificate()
        let asked = Signal<HTTPResponder>()
        let server = try await self.start(
            FunctionHandler { _, responder in asked.succeed(responder) }, certificate.configuration)
        let curl = Task { try await certificate.curl(server, "/", "--http2", "-v") }
        let responder = try await asked.wait()
        let shutdown = Task { await server.shutdown(deadline: .seconds(60)) }
        // The listener is closed when nobody can connect any more.
        await eventually { (try? await RawClient.connect(port: server.port).close()) == nil }
        responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: "done")))
        let result = try await curl.value
        #expect(result.output == "done", "\(result)")
        await shutdown.value
    }

    @Test("a port in use is named in the error")
    func portInUse() async throws {
        let server = try await self.start(.echo)
        var configuration = HTTPServerConfiguration()
        configuration.port = server.port
        await #expect { _ = try await self.start(.echo, configuration) } throws: {
            "\($0)".contains("cannot listen on 127.0.0.1 port \(server.port)")
        }
        await server.shutdown(deadline: .zero)
    }
}
