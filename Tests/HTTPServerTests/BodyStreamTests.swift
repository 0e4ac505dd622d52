import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import Streaming
import TestSupport
import Testing
import WireTestSupport

/// Bodies that pass through in pieces, both ways.
struct BodyStreamTests {
    /// Answers `/length`, `/chunks`, `/short`, `/long` and so on with a body in pieces.
    private static let answers = FunctionHandler { request, responder in
        var response = StreamedResponse(status: request.path == "/none" ? .noContent : .ok)
        if ["/length", "/short", "/long"].contains(request.path) { response.contentLength = 6 }
        let writer = responder.startBody(response)
        writer.write(ByteBuffer(string: "abc"))
        switch request.path {
        case "/short": writer.finish()
        case "/abort": writer.abort()
        case "/dropped": break
        default:
            Task {
                writer.write(ByteBuffer(string: request.path == "/long" ? "defg" : "def"))
                writer.finish(trailers: ["X-Sum": "1", "Bad\r\n": "2"])
            }
        }
    }

    @Test("sends a length when it is known and chunks when it is not, and keeps the connection")
    func framing() async throws {
        try await withServer(handler: Self.answers) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /length HTTP/1.1\r\nHost: x\r\n\r\n")
            let length = try await client.receive(until: "abcdef")
            #expect(length.contains("content-length: 6\r\n") && !length.contains("chunked"))
            try await client.send("GET /chunks HTTP/1.1\r\nHost: x\r\n\r\n")
            let chunks = try await client.receive(until: "X-Sum: 1\r\n\r\n")
            #expect(chunks.contains("transfer-encoding: chunked\r\n") && chunks.hasSuffix("0\r\nX-Sum: 1\r\n\r\n"))
            #expect(!chunks.contains("Bad"))
            for (request, end) in [
                ("HEAD /length", "content-length: 6\r\n"), ("HEAD /chunks", "date"), ("GET /none", "204"),
            ] {
                try await client.send("\(request) HTTP/1.1\r\nHost: x\r\n\r\n")
                try await client.receive(until: end, count: end == "date" ? 4 : end == "204" ? 1 : 2)
            }
            try await client.send("GET /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let all = try await client.receiveAll()
            // Only the three with a body had one.
            #expect(all.ranges(of: "abc").count == 3)
            let old = try await RawClient.exchange(port: server.port, "GET /chunks HTTP/1.0\r\n\r\n")
            #expect(old.hasSuffix("\r\n\r\nabcdef") && !old.contains("chunked") && old.contains("connection: close"))
        }
    }

    @Test(
        "cuts a body off that is shorter or longer than was said, or given up",
        arguments: [
            "/short", "/long", "/abort", "/dropped",
        ])
    func truncation(path: String) async throws {
        try await withServer(handler: Self.answers) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\nGET /length HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try await client.receiveAll()
            #expect(answer.contains("HTTP/1.1 200 OK") && !answer.contains("0\r\n\r\n") && !answer.contains("abcdefg"))
            #expect(!answer.contains("abcdef"), "\(answer)")
        }
    }

    @Test("shows a client of HTTP/1.0 that a body broke off")
    func oldTruncation() async throws {
        try await withServer(handler: Self.answers) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("GET /abort HTTP/1.0\r\n\r\n")
            await eventually { !client.isOpen || client.error != nil }
            #expect(client.error != nil)
        }
    }

    @Test("holds the writer back while the client does not read, and cuts a client that never does")
    func backpressure() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.idleTimeout = .milliseconds(1500)
        let written = Counter()
        let ended = Signal<Void>()
        let handler = FunctionHandler { _, responder in
            let writer = responder.startBody(StreamedResponse(status: .ok))
            writer.onClose { ended.succeed() }
            Task {
                let piece = ByteBuffer(repeating: 0x78, count: 64 * 1024)
                while writer.write(piece) != .closed {
                    written.increment()
                    await writer.waitUntilWritable()
                }
            }
        }
        try await withServer(configuration, handler: handler) { server in
            let client = try await RawClient.connect(port: server.port, reads: false, receiveBufferBytes: 8192)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            try await written.untilStill()
            // The pipe and the kernel's buffers.
            #expect(written.value < 160)
            try await ended.wait("the end of a client that does not read")
        }
    }

    @Test("hands a body over in pieces, with its trailers")
    func intake() async throws {
        try await withServer(handler: StreamingHandler()) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
            try await client.send("def")
            try await client.receive(until: "POST /a abcdef")
            try await client.send(
                "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nA: b\r\nHost: evil\r\n\r\n"
            )
            try await client.receive(until: "POST /b x A=b")
            // None is no stream.
            try await client.send(
                "POST /c HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\nGET /d HTTP/1.1\r\nHost: x\r\n\r\n")
            let all = try await client.receive(until: "GET /d ")
            #expect(all.contains("POST /c ") && !all.contains("evil") && all.ranges(of: "200 OK").count == 4)
        }
    }

    @Test("reads pipelined requests whose bodies are streamed one after another")
    func pipelined() async throws {
        try await withServer(handler: StreamingHandler()) { server in
            let client = try await RawClient.connect(port: server.port)
            let one = "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            try await client.send(String(repeating: one, count: 20))
            let all = try await client.receive(until: "POST /p abc", count: 20)
            #expect(all.ranges(of: "200 OK").count == 20)
        }
    }

    @Test("gives leave to send only when the handler begins to read")
    func expectContinue() async throws {
        let held = Signal<BodyPipe>()
        let handler = Intake { request, responder in
            guard let stream = request.stream else { return responder.send(HTTPResponse(status: .ok)) }
            if request.path == "/refuse" { return responder.send(HTTPResponse(status: .unauthorized)) }
            held.succeed(stream)
            stream.onEnd { responder.send(HTTPResponse(status: .ok)) }
        }
        try await withServer(handler: handler) { server in
            let head = "HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
            let client = try await RawClient.connect(port: server.port)
            try await client.send("POST /read \(head)")
            let stream = try await held.wait("request")
            #expect(client.content.isEmpty)
            #expect(stream.read() == .wait)
            #expect(try await client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send("abc")
            await eventually { stream.queuedBytes == 3 }
            stream.close()
            try await client.receive(until: "200 OK")
            // Answered without the body: the connection cannot be used for another request.
            let refused = try await RawClient.exchange(port: server.port, "POST /refuse \(head)")
            #expect(refused.hasPrefix("HTTP/1.1 401 ") && refused.contains("connection: close"))
        }
    }

    @Test("refuses a body over the limit, said or not, and one that stops")
    func limits() async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.bodyTimeout = .milliseconds(200)
        try await withServer(configuration, handler: StreamingHandler(limitBytes: 10)) { server in
            for request in [
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n",
            ] {
                let answer = try await RawClient.exchange(port: server.port, request)
                #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("connection: close"), "\(answer)")
            }
            let slow = try await RawClient.exchange(
                port: server.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
            #expect(slow.hasPrefix("HTTP/1.1 408 "), "\(slow)")
            let broken = try await RawClient.exchange(
                port: server.port, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")
            #expect(broken.hasPrefix("HTTP/1.1 400 "), "\(broken)")
        }
    }

    @Test("tells the reader when the client goes away in the middle of a body", arguments: [false, true])
    func disconnect(isReset: Bool) async throws {
        let failed = Signal<BodyFailure>()
        let handler = Intake { request, responder in
            guard let stream = request.stream else { return }
            Collector(stream: stream) { outcome in
                if case .failure(let failure) = outcome { failed.succeed(failure) }
                responder.send(HTTPResponse(status: .badRequest))
            }.start()
        }
        try await withServer(handler: handler) { server in
            let client = try await RawClient.connect(port: server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
            if isReset { try await client.reset() } else { try await client.close() }
            let failure = try await failed.wait("end of the body")
            #expect(failure == .cutOff || failure == .malformed)
        }
    }

    @Test("reads a client no faster than the handler", arguments: ["--http1.1", "--http2"])
    func uploadBackpressure(version: String) async throws {
        let certificate = try TestCertificate()
        let held = Signal<BodyPipe>()
        let handler = Intake { request, responder in
            guard let stream = request.stream else { return }
            held.succeed(stream)
            stream.onEnd { responder.send(HTTPResponse(status: .ok)) }
        }
        try await withServer(certificate.configuration, handler: handler) { server in
            async let sent = certificate.curl(
                server, "/", version, "-T", "/proc/self/exe", "-w", " %{size_upload}", "-H", "Expect:")
            let stream = try await held.wait("request")
            await eventually { stream.isFull }
            #expect(stream.isFull && stream.queuedBytes < 512 * 1024)
            stream.close()
            _ = try await sent
        }
    }

    @Test("streams both ways over HTTP/2, and resets a stream whose body breaks off")
    func http2() async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration, handler: Self.answers) { server in
            let whole = try await certificate.curl(server, "/chunks", "--http2", "-D", "-")
            #expect(whole.output.contains("HTTP/2 200") && whole.output.contains("abcdef"), "\(whole)")
            let short = try await certificate.curl(server, "/short", "--http2")
            #expect(short.status != 0)
            let cut = try await certificate.curl(server, "/abort", "--http2")
            #expect(cut.status == 92, "\(cut)")
        }
        try await withServer(certificate.configuration, handler: StreamingHandler()) { server in
            let folder = try TemporaryFolder()
            let file = try folder.write("body", String(repeating: "0123456789", count: 200_000))
            let result = try await certificate.curl(server, "/up", "--http2", "-T", file)
            #expect(result.output.utf8.count == 2_000_008, "\(result.errors)")
            let chunked = try await certificate.curl(
                server, "/up", "--http2", "-T", file, "-H", "Transfer-Encoding: chunked")
            #expect(chunked.output.hasSuffix("6789"))
            let none = try await certificate.curl(server, "/none", "--http2", "-X", "POST")
            #expect(none.output == "POST /none ")
        }
    }
}

/// A handler made of a closure that takes bodies in as they come.
private struct Intake: HTTPHandler {
    let body: @Sendable (HTTPRequest, HTTPResponder) -> Void

    init(_ body: @escaping @Sendable (HTTPRequest, HTTPResponder) -> Void) { self.body = body }

    func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake { .streamed(limitBytes: nil) }
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) { self.body(request, responder) }
}
