import Glibc
import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import Testing
import TokenVault
import WireTestSupport

@testable import UpstreamPipeline

/// The transport against a server that speaks TLS and HTTP/2, with a certificate made for the test.
@Suite(.timeLimit(.minutes(1)))
struct TransportTLSTests {
    /// Tells in the body which protocol a request came by.
    private struct ProtocolHandler: HTTPHandler {
        func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
            let name = request.connection.isHTTP2 ? "h2" : "http/1.1"
            let token = request.headers.first(name: "authorization") ?? "none"
            let text = "\"\(name) \(request.path) \(token)\""
            responder.send(.json(.ok, ByteBuffer(string: text + String(repeating: " ", count: 4096))))
        }
    }

    private func withServer<Result: Sendable>(
        _ body: (_ port: Int, _ certificateFile: String) async throws -> Result
    ) async throws -> Result {
        var template = Array("/tmp/upstream-tls-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let (certificate, key) = (folder + "/cert.pem", folder + "/key.pem")
        defer {
            unlink(certificate)
            unlink(key)
            rmdir(folder)
        }
        try SelfSignedCertificate.create(certificateFile: certificate, keyFile: key)
        var configuration = HTTPServerConfiguration()
        configuration.tls = TLSConfiguration(certificateFile: certificate, keyFile: key)
        let server = try await HTTPServer.start(
            configuration: configuration, handler: ProtocolHandler(), logger: Logger(label: "test"))
        do {
            let result = try await body(server.port, certificate)
            await server.shutdown(deadline: .seconds(5))
            return result
        } catch {
            await server.shutdown(deadline: .zero)
            throw error
        }
    }

    @Test("speaks HTTP/2 with an upstream it trusts, many at once, and decodes what it compresses")
    func trusted() async throws {
        try await self.withServer { port, certificate in
            try await withTransport(to: "https://localhost:\(port)") {
                $0.authorityFile = certificate
            } _: { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 {
                        group.addTask {
                            let response = try await transport.exchange(
                                TransportRequest(method: "GET", target: "/n/\(number)", token: Secret("abc")))
                            let text = String(buffer: response.body)
                            #expect(response.status == 200 && text.utf8.count > 4096)
                            #expect(text.hasPrefix("\"h2 /n/\(number) Bearer abc\""))
                            #expect(response["content-type"] == "application/json")
                        }
                    }
                    try await group.waitForAll()
                }
                let post = TransportRequest(method: "POST", target: "/p", body: Secret(Array("{}".utf8)))
                let posted = try await transport.exchange(post)
                #expect(posted.status == 200)
            }
        }
    }

    @Test("an upstream whose certificate is not trusted gets nothing to see")
    func untrusted() async throws {
        try await self.withServer { port, _ in
            try await withTransport(to: "https://localhost:\(port)") { transport in
                try await self.expectRefusal(transport)
            }
        }
    }

    @Test("a trusted certificate for another name is not good enough")
    func wrongName() async throws {
        try await self.withServer { port, certificate in
            // Names below localhost are loopback too (RFC 6761 section 6.3).
            try await withTransport(to: "https://other.localhost:\(port)") {
                $0.authorityFile = certificate
            } _: { transport in
                try await self.expectRefusal(transport)
            }
        }
    }

    private func expectRefusal(_ transport: CurlTransport) async throws {
        let error = await #expect(throws: PipelineError.self) {
            try await transport.exchange(TransportRequest(method: "GET", target: "/x", token: Secret("abc")))
        }
        #expect(error?.message == "no trusted TLS connection to the upstream could be made")
        #expect(error?.mayPass == false && error?.mayHaveArrived == false)
    }
}
