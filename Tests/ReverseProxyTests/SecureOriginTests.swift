import HTTPServer
import NIOCore
import NIOHTTP1
import Streaming
import Synchronization
import TestSupport
import Testing
import UpstreamPipeline
import WireTestSupport

/// Proxies before origins that speak TLS, with HTTP/1.1 and HTTP/2.
@Suite(.timeLimit(.minutes(1)))
struct SecureOriginTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"

    /// Runs `body` against a proxy before an origin with TLS.
    private func withSecureOrigin(
        http2: Bool, handler: any HTTPHandler, _ body: @escaping @Sendable (HTTPServer) async throws -> Void
    ) async throws {
        let certificate = try TestCertificate()
        try await withServer(certificate.configuration, handler: handler) { origin in
            try await withProxy(to: "https://localhost:\(origin.port)") {
                $0.transport.authorityFile = certificate.certificateFile
                $0.transport.usesHTTP2 = http2
            } _: { proxy in
                try await body(proxy)
            }
        }
    }

    @Test("uploads and large answers pass, by the protocol that is configured", arguments: [false, true])
    func bothWays(http2: Bool) async throws {
        let large = String(repeating: "0123456789abcdef", count: 64 * 1024)
        let protocols = Mutex<Set<String>>([])
        let handler = FunctionHandler { request, responder in
            protocols.withLock { _ = $0.insert(request.connection.isHTTP2 ? "h2" : "http/1.1") }
            guard request.path != "/large" else {
                return responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: large)))
            }
            FunctionHandler.echo.handle(request, responder)
        }
        try await self.withSecureOrigin(http2: http2, handler: handler) { proxy in
            let folder = try TemporaryFolder()
            let file = try folder.write("body", String(repeating: "y", count: 300_000))
            let url = "http://127.0.0.1:\(proxy.port)"
            let options = ["-sS", "--noproxy", "*", "-m", "20"]
            let up = try await Command.run("curl", options + ["-T", file, url + "/up"])
            #expect(up.output == "PUT /up " + String(repeating: "y", count: 300_000))
            let chunked = try await Command.run(
                "curl", options + ["-T", file, "-H", "Transfer-Encoding: chunked", url + "/chunked"])
            #expect(chunked.output == "PUT /chunked " + String(repeating: "y", count: 300_000))
            let down = try await Command.run("curl", options + [url + "/large"])
            #expect(down.output == large)
            try await withThrowingTaskGroup(of: Command.self) { tasks in
                for number in 0..<20 {
                    tasks.addTask { try await Command.run("curl", options + ["\(url)/\(number)"]) }
                }
                var answers: Set<String> = []
                for try await answer in tasks { answers.insert(answer.output) }
                #expect(answers == Set((0..<20).map { "GET /\($0) " }))
            }
        }
        #expect(protocols.withLock { $0 } == [http2 ? "h2" : "http/1.1"])
    }

    @Test("one exchange of many on a connection that is given up leaves the others alone")
    func givingUp() async throws {
        let slow = Mutex<[HTTPResponder]>([])
        let handler = FunctionHandler { request, responder in
            guard request.path == "/slow" else { return FunctionHandler.echo.handle(request, responder) }
            slow.withLock { $0.append(responder) }
        }
        try await self.withSecureOrigin(http2: true, handler: handler) { proxy in
            let waiting = try await RawClient.connect(port: proxy.port)
            try await waiting.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            let leaving = try await RawClient.connect(port: proxy.port)
            try await leaving.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await eventually { slow.withLock { $0.count } == 2 }
            try await leaving.reset()
            let quick = try await RawClient.connect(port: proxy.port)
            try await quick.send(Self.get)
            try await quick.receive(until: "GET / ")
            for responder in slow.withLock({ $0 }) {
                responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: "at last")))
            }
            try await waiting.receive(until: "at last")
        }
    }

    @Test("trailers of an answer come through from either protocol", arguments: [false, true])
    func trailers(http2: Bool) async throws {
        let handler = FunctionHandler { _, responder in
            let pipe = BodyPipe()
            var response = StreamedResponse(status: .ok)
            response.sendsTrailers = true
            responder.send(response, body: pipe)
            pipe.write(ByteBuffer(string: "body"))
            pipe.finish(trailers: ["x-sum": "7"])
        }
        try await self.withSecureOrigin(http2: http2, handler: handler) { proxy in
            let client = try await RawClient.connect(port: proxy.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: TE\r\n\r\n")
            let answer = try await client.receive(until: "\r\n\r\n", count: 2)
            #expect(answer.contains("body") && answer.lowercased().hasSuffix("0\r\nx-sum: 7\r\n\r\n"), "\(answer)")
        }
    }

    @Test("an origin whose certificate is not trusted, or is another's, is sent nothing", arguments: [true, false])
    func untrusted(isKnown: Bool) async throws {
        let certificate = try TestCertificate()
        let other = try TestCertificate()
        let requests = Counter()
        let handler = FunctionHandler { request, responder in
            requests.increment()
            FunctionHandler.echo.handle(request, responder)
        }
        try await withServer(certificate.configuration, handler: handler) { origin in
            // A certificate for localhost does not say who 127.0.0.2 is.
            try await withProxy(to: "https://\(isKnown ? "127.0.0.2" : "localhost"):\(origin.port)") {
                $0.transport.authorityFile = isKnown ? certificate.certificateFile : other.certificateFile
            } _: { proxy in
                let answer = try await RawClient.exchange(
                    port: proxy.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 502 "), "\(answer)")
                if !isKnown { #expect(answer.contains("error=tls_certificate_error"), "\(answer)") }
            }
        }
        #expect(requests.value == 0)
    }

    @Test("what comes on a secure connection at rest is nobody's answer", arguments: [ok + "EVIL", "x"])
    func lateBytes(late: String) async throws {
        let certificate = try TestCertificate()
        let tls = TLSConfiguration(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        try await RawOrigin.run(tls: try TLSContext.server(tls)) { origin in
            try await withProxy(to: origin.secureAddress) {
                $0.transport.authorityFile = certificate.certificateFile
                $0.transport.usesHTTP2 = false
            } _: { server in
                try await sendLate(late, by: origin, to: server)
            }
        }
    }
}
