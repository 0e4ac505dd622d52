import HTTPServer
import NIOCore
import NIOHTTP1
import TestSupport
import Testing
import WireTestSupport

/// gzip in requests, and in event streams.
struct CodedBodyTests {
    private func post(
        _ body: [UInt8], _ coding: String, _ configuration: HTTPServerConfiguration = HTTPServerConfiguration()
    )
        async throws -> String
    {
        try await withServer(configuration) { server in
            let client = try await RawClient.connect(port: server.port)
            var request = ByteBuffer(
                string: "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: \(coding)\r\n"
                    + "Content-Length: \(body.count)\r\n\r\n")
            request.writeBytes(body)
            try await client.send(request)
            return try await client.receiveAll()
        }
    }

    @Test("decodes a body in gzip", arguments: ["gzip", "GZIP", "x-gzip", "identity, gzip"])
    func gzip(coding: String) async throws {
        let answer = try await self.post(CompressedBodies.gzip, coding)
        #expect(answer.hasSuffix("POST / {\"gzip\":true}"), "\(answer)")
    }

    @Test(
        "refuses what is no gzip, breaks off, or grows too large, and says which",
        arguments: [
            (Array("hello".utf8), "not the gzip", 400),
            (Array(CompressedBodies.gzip.prefix(25)), "ends too early", 400),
            (CompressedBodies.bomb, "larger than 100000 bytes once it is decompressed", 413),
            (CompressedBodies.gzip.dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8], "not the gzip", 400),
        ])
    func bad(body: [UInt8], message: String, status: Int) async throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits.bodyBytes = 100_000
        let answer = try await self.post(body, "gzip", configuration)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && answer.contains(message), "\(answer)")
    }

    @Test("refuses other codings and names the one it takes", arguments: ["deflate", "br", "gzip, gzip", "gzip, br"])
    func codings(coding: String) async throws {
        let answer = try await self.post(CompressedBodies.gzip, coding)
        #expect(answer.hasPrefix("HTTP/1.1 415 ") && answer.contains("accept-encoding: gzip\r\n"), "\(answer)")
    }

    @Test("leaves a body alone that the handler takes in as it comes")
    func streamed() async throws {
        try await withServer(handler: StreamingHandler()) { server in
            let answer = try await RawClient.exchange(
                port: server.port,
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"
            )
            #expect(answer.hasSuffix("POST / hello"))
        }
    }

    /// Sends events, each when the last one has been seen.
    private static func events(_ seen: Signal<Void>) -> FunctionHandler {
        FunctionHandler { _, responder in
            let stream = responder.startEventStream()
            stream.send(ServerSentEvent(data: ByteBuffer(string: String(repeating: "first ", count: 300))))
            Task {
                try? await seen.wait("the first event")
                stream.send(ServerSentEvent(data: ByteBuffer(string: "second")))
                stream.finish()
            }
        }
    }

    @Test(
        "compresses an event stream for a client that accepts it, event by event", arguments: ["--http1.1", "--http2"])
    func eventStream(version: String) async throws {
        let certificate = try TestCertificate()
        let seen = Signal<Void>()
        try await withServer(certificate.configuration, handler: Self.events(seen)) { server in
            let folder = try TemporaryFolder()
            async let whole = certificate.curl(
                server, "/", version, "--compressed", "-N", "-D", folder.path("head"), "-o", folder.path("body"), "-m",
                "20")
            // The first event is there although the second has not been sent.
            await eventually { ((try? folder.read("body")) ?? "").contains("first \n\n") }
            #expect(try folder.read("body").contains("first \n\n"))
            seen.succeed()
            let result = try await whole
            #expect(result.status == 0, "\(result)")
            #expect(try folder.read("body").hasSuffix("\n\ndata: second\n\n"))
            let head = try folder.read("head").lowercased()
            #expect(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"))
        }
    }

    @Test("sends an event stream as it is to a client that has not asked for gzip, or when told to")
    func plainStream() async throws {
        for (header, compresses) in [
            ("", true), ("Accept-Encoding: identity\r\n", true), ("Accept-Encoding: gzip\r\n", false),
        ] {
            var configuration = HTTPServerConfiguration()
            configuration.compresses = compresses
            let seen = Signal<Void>()
            seen.succeed()
            try await withServer(configuration, handler: Self.events(seen)) { server in
                let answer = try await RawClient.exchange(
                    port: server.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(header)\r\n")
                #expect(!answer.contains("content-encoding") && answer.contains("data: second\n\n"))
            }
        }
    }
}
