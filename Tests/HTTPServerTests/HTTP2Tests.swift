import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing
import WireTestSupport

struct HTTP2Tests {
    @Test("answers many requests on one connection")
    func parallel() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let result = try await Command.run(
                "curl",
                [
                    "-sS", "--http2", "--noproxy", "*", "--cacert", certificate.certificateFile, "--parallel",
                    "-w", " %{http_version} %{num_connects}\\n", "https://localhost:\(server.port)/[1-50]",
                ])
            let lines = result.output.split(separator: "\n")
            #expect(lines.count == 50 && lines.allSatisfy { $0.contains(" 2 ") }, "\(result)")
            #expect(lines.filter { $0.hasSuffix("1") }.count < 50)
        }
    }

    @Test("refuses headers over the limit")
    func headerBytes() async throws {
        let certificate = try TestCertificate()
        var configuration = certificate.configuration
        configuration.limits.headerBytes = 8000
        try await withServer(configuration) { server in
            let result = try await certificate.curl(
                server, "/", "--http2", "-w", " %{http_code}", "-H", "X: " + String(repeating: "x", count: 8000))
            #expect(result.output.hasSuffix(" 431"), "\(result)")
        }
    }

    @Test("answers HEAD, errors and empty answers")
    func answers() async throws {
        let certificate = try TestCertificate()
        let handler = FunctionHandler { request, responder in
            if request.path == "/none" { responder.send(HTTPResponse(status: .noContent)) }
            if request.path == "/head" { FunctionHandler.echo.handle(request, responder) }
        }
        try await withServer(certificate.configuration, handler: handler) { server in
            let head = try await certificate.curl(server, "/head", "--http2", "-I")
            #expect(head.output.contains("HTTP/2 200") && head.output.contains("content-length: 11"), "\(head)")
            let none = try await certificate.curl(server, "/none", "--http2", "-i")
            #expect(none.output.contains("HTTP/2 204") && !none.output.contains("content-length"), "\(none)")
            let forgotten = try await certificate.curl(server, "/forgotten", "--http2", "-i")
            #expect(forgotten.output.contains("HTTP/2 500"), "\(forgotten)")
        }
    }

    @Test("sends an event stream, comments and its end")
    func events() async throws {
        let certificate = try TestCertificate()
        var configuration = certificate.configuration
        configuration.limits.keepAliveCommentInterval = .milliseconds(20)
        let handler = FunctionHandler { _, responder in
            let stream = responder.startEventStream()
            let body = ByteBuffer(string: String(repeating: "z", count: 50_000))
            Task {
                for number in 0..<100 {
                    await stream.waitUntilWritable()
                    stream.send(ServerSentEvent(id: "\(number)", data: body))
                }
                responder.eventLoop.scheduleTask(in: .milliseconds(100)) { stream.finish() }
            }
        }
        try await withServer(configuration, handler: handler) { server in
            let result = try await certificate.curl(server, "/", "--http2", "-D", "-")
            #expect(result.status == 0)
            let text = result.output
            #expect(text.contains("content-type: text/event-stream"))
            let ids = text.split(separator: "id: ").dropFirst().map { $0.prefix { $0.isNumber } }
            #expect(ids == (0..<100).map { "\($0)"[...] })
            #expect(text.contains(": keep-alive\n\n"))
        }
    }

    @Test("tells of a client that goes away")
    func disconnect() async throws {
        let certificate = try TestCertificate()
        let gone = Signal<Void>()
        let closed = Signal<Void>()
        let asked = Counter()
        let handler = FunctionHandler { request, responder in
            asked.increment()
            if request.path == "/events" {
                let stream = responder.startEventStream()
                stream.onClose {
                    closed.succeed()
                    _ = stream
                }
            } else {
                responder.onDisconnect {
                    gone.succeed()
                    _ = responder
                }
            }
        }
        try await withServer(certificate.configuration, handler: handler) { server in
            // On a busy machine curl may give up before it has asked.
            for (path, count) in [("/", 1), ("/events", 2)] {
                while asked.value < count {
                    let silent = try await certificate.curl(server, path, "--http2", "--max-time", "0.5")
                    #expect(silent.status == 28)
                }
            }
            try await gone.wait("disconnect")
            try await closed.wait("close")
        }
    }

    @Test("closes a connection without requests")
    func idle() async throws {
        let certificate = try TestCertificate()
        var configuration = certificate.configuration
        configuration.limits.headerTimeout = .milliseconds(500)
        try await withServer(configuration) { server in
            let client = try await RawClient.connect(port: server.port, tls: certificate.client(alpn: ["h2"]))
            #expect(client.handshake?.applicationProtocol == "h2")
            // The preface and an empty SETTINGS frame; it does not matter if the server has closed by then.
            client.sendWithoutWaiting("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")
            try await client.receiveAll()
        }
    }

    @Test("ends a connection that does not speak HTTP/2 after all")
    func garbage() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration) { server in
            let client = try await RawClient.connect(port: server.port, tls: certificate.client(alpn: ["h2"]))
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await client.receiveAll()
        }
    }
}
