import HTTPServer
import NIOCore
import TestSupport
import Testing
import WireTestSupport

/// Origins, and ways to use them, that once took the process down or mixed up answers.
struct HostileOriginTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"

    @Test("uploads in chunks follow one another, with and without trailers", arguments: ["", "X-Sum: 1\r\n"])
    func chunkedUploads(trailers: String) async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                for number in 1...4 {
                    try await client.send(
                        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\(trailers)\r\n"
                    )
                    let upstream = try await origin.accept()
                    let request = try await upstream.receive(until: "0\r\n\(trailers)\r\n")
                    #expect(request.hasSuffix("\r\n\r\n3\r\nabc\r\n0\r\n\(trailers)\r\n"), "\(request)")
                    try await upstream.send(Self.ok + "ok\(number)")
                    try await client.receive(until: "ok\(number)")
                    // A plain request takes a used handle as well.
                    try await client.send(Self.get)
                    try await upstream.receive(until: "GET / HTTP/1.1")
                    try await upstream.send(Self.ok + "ko\(number)")
                    try await client.receive(until: "ko\(number)")
                    try await upstream.close()
                }
            }
        }
    }

    @Test("uploads over HTTP/2 without a length follow one another")
    func uploadsOverHTTP2() async throws {
        let certificate = try TestCertificate()
        try await FaultyUpstream.run { request, _ in
            request.text.hasPrefix("POST") ? [FaultyUpstream.answer("200 OK", "done")] : []
        } _: { origin in
            try await withProxy(to: origin.origin) {
                $0.server.tls = certificate.configuration.tls
            } _: { server in
                for _ in 1...3 {
                    let result = try await Command.run(
                        "sh",
                        [
                            "-c",
                            "printf abc | curl -sSk -m 10 --http2 -X POST -T - https://127.0.0.1:\(server.port)/ -w '%{http_code} %{http_version}'",
                        ])
                    #expect(result.output == "done200 2", "\(result.output)")
                }
            }
        }
    }

    @Test(
        "a field that HTTP does not allow makes the answer unsound, and nothing worse",
        arguments: [
            "X\u{ff}: 1", "X(y): 1", ": 1", "X : 1", "X: a\rb", "X: \u{7f}", "X: a\u{1}b", "X: \u{1b}[2J",
        ], [false, true])
    func unsoundFields(field: String, isTrailer: Bool) async throws {
        let head =
            isTrailer
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\(field)\r\n\r\n"
            : "HTTP/1.1 200 OK\r\n\(field)\r\nContent-Length: 0\r\n\r\n"
        let bytes = head.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        try await FaultyUpstream.run { _, _ in
            [.sendBytes(bytes), .close]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                for _ in 1...2 {
                    let answer = try await RawClient.exchange(
                        port: server.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    // A trailer may come too late for another status; then the body must not end in order.
                    #expect(
                        answer.hasPrefix("HTTP/1.1 502 ")
                            && (isTrailer || answer.contains("error=http_protocol_error"))
                            || isTrailer && answer.hasPrefix("HTTP/1.1 200 ") && !answer.hasSuffix("0\r\n\r\n"),
                        "\(answer)")
                }
            }
        }
    }

    @Test("a status line that cannot be passed on makes the answer unsound", arguments: ["O\rK", "O\u{1}K", "\u{7f}"])
    func unsoundReason(reason: String) async throws {
        try await FaultyUpstream.run { _, _ in
            [.send("HTTP/1.1 200 \(reason)\r\nContent-Length: 0\r\n\r\n"), .close]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let answer = try await RawClient.exchange(
                    port: server.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 502 ") && answer.contains("error=http_protocol_error"), "\(answer)")
            }
        }
    }

    @Test("what comes on a connection at rest is nobody's answer", arguments: [ok + "EVIL", "x"])
    func lateBytes(late: String) async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                try await sendLate(late, by: origin, to: server)
            }
        }
    }

    @Test("connections are used again as long as nothing is wrong with them")
    func reuse() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let client = try await RawClient.connect(port: server.port)
                for number in 1...10 {
                    try await client.send(Self.get)
                    try await client.receive(until: "HTTP/1.1 200 OK", count: number)
                }
            }
            #expect(origin.requests.count == 10 && Set(origin.requests.map(\.connection)).count == 1)
        }
    }

    @Test("an origin that switches protocols unasked is a bad gateway, at once", .timeLimit(.minutes(1)))
    func switching() async throws {
        try await FaultyUpstream.run { _, _ in
            [.send("HTTP/1.1 101 Switching Protocols\r\n\r\n" + String(repeating: "x", count: 900_000))]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let answer = try await RawClient.exchange(
                    port: server.port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 502 ") && answer.contains("error=http_protocol_error"), "\(answer)")
            }
        }
    }
}
