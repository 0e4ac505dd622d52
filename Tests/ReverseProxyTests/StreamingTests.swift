import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import ReverseProxy
import Streaming
import TestSupport
import Testing
import WireTestSupport

/// Bodies and their ends, while both sides of the proxy are watched.
struct StreamingTests {
    @Test("a client that goes away ends the exchange with the origin", arguments: [false, true])
    func clientLeaves(afterHead: Bool) async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let upstream = try await origin.accept()
                try await upstream.receive(until: "\r\n\r\n")
                if afterHead {
                    try await upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")
                    try await client.receive(until: "hello")
                }
                try await client.close()
                await eventually { !upstream.isOpen || upstream.isAtEnd }
                #expect(!upstream.isOpen || upstream.isAtEnd)
            }
        }
    }

    @Test(
        "a body that breaks off after its client has got some of it is cut off",
        arguments: [
            "Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ], [false, true])
    func brokenBody(start: String, isReset: Bool) async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let upstream = try await origin.accept()
                try await upstream.receive(until: "\r\n\r\n")
                try await upstream.send("HTTP/1.1 200 OK\r\n" + start)
                try await client.receive(until: "hello")
                if isReset { try await upstream.reset() } else { try await upstream.close() }
                let all = try await client.receiveAll()
                #expect(all.hasPrefix("HTTP/1.1 200 OK\r\n") && !all.hasSuffix("0\r\n\r\n"))
            }
        }
    }

    @Test("a client that breaks off its upload breaks off the request to the origin")
    func uploadBreaksOff() async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello")
                let upstream = try await origin.accept()
                try await upstream.receive(until: "hello")
                try await client.close()
                let all = try await upstream.receiveAll()
                #expect(all.hasSuffix("\r\n\r\nhello"))
            }
        }
    }

    @Test("a slow upload is given up, and an upload over the limit")
    func uploadLimits() async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) {
                $0.server.limits.bodyTimeout = .milliseconds(300)
                $0.proxy.requestBytes = 8
            } _: { server in
                let slow = try await RawClient.exchange(
                    port: server.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nabc")
                #expect(slow.hasPrefix("HTTP/1.1 408 ") && slow.contains("proxy-status: "), "\(slow)")
                let declared = try await RawClient.exchange(
                    port: server.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
                #expect(declared.hasPrefix("HTTP/1.1 413 "), "\(declared)")
                let chunked = try await RawClient.exchange(
                    port: server.port,
                    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nabcde\r\n")
                #expect(chunked.hasPrefix("HTTP/1.1 413 "), "\(chunked)")
                let malformed = try await RawClient.exchange(
                    port: server.port,
                    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n")
                #expect(malformed.hasPrefix("HTTP/1.1 400 "), "\(malformed)")
            }
        }
    }

    @Test("a client that waits for leave gets it when the origin has been reached, and not without one")
    func expectContinue() async throws {
        let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send(request)
                let upstream = try await origin.accept()
                let head = try await upstream.receive(until: "\r\n\r\n")
                #expect(!head.lowercased().contains("expect"))
                #expect(try await client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.send("hello")
                try await upstream.receive(until: "hello")
                try await upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                try await client.receive(until: "200 OK")
            }
        }
        let refused = try await withProxy(to: "http://127.0.0.1:1") { server in
            try await RawClient.exchange(port: server.port, request)
        }
        #expect(refused.hasPrefix("HTTP/1.1 502 ") && !refused.contains("100 Continue"))
    }

    @Test("an answer that comes before the body is whole reaches the client")
    func earlyAnswer() async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhello")
                let upstream = try await origin.accept()
                try await upstream.receive(until: "hello")
                try await upstream.send("HTTP/1.1 413 Too Much\r\nContent-Length: 4\r\nConnection: close\r\n\r\nstop")
                try await upstream.closeOutput()
                let answer = try await client.receiveAll()
                #expect(answer.hasPrefix("HTTP/1.1 413 Too Much\r\n") && answer.hasSuffix("stop"))
                #expect(answer.contains("connection: close"))
            }
        }
    }

    @Test("trailers pass both ways, to a client that asks for them", arguments: [true, false])
    func trailers(asks: Bool) async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                let wish = asks ? "TE: trailers\r\nConnection: TE\r\n" : ""
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: x\r\n\(wish)Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 1\r\n"
                        + "Authorization: evil\r\n\r\n")
                let upstream = try await origin.accept()
                let request = try await upstream.receive(until: "X-Sum: 1\r\n\r\n")
                #expect(!request.contains("evil"))
                #expect(request.contains("\r\nTE: trailers\r\n") == asks)
                try await upstream.send(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Out\r\n\r\n2\r\nok\r\n0\r\nX-Out: 2\r\n"
                        + "Set-Cookie: evil=1\r\n\r\n")
                let answer = try await client.receive(until: "\r\n\r\n", count: 2)
                #expect(answer.hasSuffix(asks ? "0\r\nX-Out: 2\r\n\r\n" : "0\r\n\r\n") && !answer.contains("evil"))
            }
        }
    }

    @Test("a client that does not read holds the origin back; what it left comes whole when it reads")
    func slowClient() async throws {
        let total = 64 * 1024 * 1024
        try await withFloodingOrigin(bytes: total) { origin, sent in
            try await withProxy(to: origin) { server in
                let client = try await RawClient.connect(port: server.port, reads: false, receiveBufferBytes: 16 * 1024)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                try await sent.untilStill()
                // Pipe, socket buffers of the kernel on four ends, and libcurl's.
                #expect(sent.value < 24 * 1024 * 1024, "\(sent.value)")
            }
        }
    }

    @Test("a client of HTTP/2 is served as well: uploads, answers, errors and breaks")
    func http2() async throws {
        let certificate = try TestCertificate()
        try await FaultyUpstream.run { request, _ in
            switch request.requestLine.split(separator: " ").dropFirst().first {
            case "/cut": [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .close]
            case "/gone": [.close]
            default: [FaultyUpstream.answer("200 OK", "\(request.requestLine)|\(request.body.utf8.count)")]
            }
        } _: { origin in
            try await withProxy(to: origin.origin) {
                $0.server.tls = certificate.configuration.tls
            } _: { server in
                let cut = try await certificate.curl(server, "/cut", "--http2", "-m", "9", "-i")
                // Known before anything was said, it is an error instead.
                #expect(cut.status == 92 || cut.output.contains("http_response_incomplete"), "\(cut)")
                let folder = try TemporaryFolder()
                let file = try folder.write("body", String(repeating: "x", count: 30_000))
                let up = try await certificate.curl(
                    server, "/up?a[]=b", "--http2", "-T", file, "-w", " %{http_version}", "-g", "-m", "9")
                #expect(up.output == "PUT /up?a[]=b HTTP/1.1|30000 2", "\(up)")
                let gone = try await certificate.curl(server, "/gone", "--http2", "-i", "-m", "9")
                #expect(gone.output.contains("HTTP/2 502") && gone.output.contains("proxy-status:"), "\(gone)")
                let none = try await certificate.curl(
                    server, "/post", "--http2", "-X", "POST", "-H", "Cookie: a=1", "-b", "b=2", "-m", "9")
                #expect(none.output.hasPrefix("POST /post"))
            }
            let post = origin.requests.last
            #expect(post?.header("content-length") == "0" && post?.header("x-forwarded-proto") == "https")
            #expect(post?.header("via") == "2 bitetrack-sidecar")
        }
    }
}

/// Runs `body` beside an origin that answers with as many bytes as are taken from it, and counts them.
private func withFloodingOrigin(
    bytes: Int, _ body: @Sendable (String, ByteCounter) async throws -> Void
) async throws {
    let counter = ByteCounter()
    let handler = FunctionHandler { _, responder in
        let writer = responder.startBody(StreamedResponse(status: .ok, contentLength: bytes))
        Task {
            let piece = ByteBuffer(repeating: 0x78, count: 64 * 1024)
            while counter.value < bytes, writer.write(piece) != .closed {
                counter.add(piece.readableBytes)
                await writer.waitUntilWritable()
            }
            writer.finish()
        }
    }
    try await withServer(handler: handler) { server in try await body("http://127.0.0.1:\(server.port)", counter) }
}
