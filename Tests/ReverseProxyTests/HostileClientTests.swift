import HTTPServer
import NIOCore
import ReverseProxy
import Testing
import WireTestSupport

/// Clients that write what no library of theirs would.
struct HostileClientTests {
    typealias Field = (name: String, value: String)

    private static let start: [Field] = [(":method", "GET"), (":scheme", "https"), (":path", "/x")]

    /// How many requests have reached the origin after these two: one with this header, and a sound one.
    private func reach(_ fields: [Field], isServed: Bool) async throws -> Int {
        let certificate = try TestCertificate()
        return try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer("200 OK", "served")]
        } _: { origin in
            try await withProxy(to: origin.origin) {
                $0.server.tls = certificate.configuration.tls
            } _: { server in
                let client = try await RawClient.connect(port: server.port, tls: certificate.client(alpn: ["h2"]))
                var bytes = ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                Self.frame(4, 0, 0, [], to: &bytes)
                Self.frame(1, 5, 1, Self.block(fields), to: &bytes)
                try await client.send(bytes)
                if isServed { try await client.receive(until: "served") }
                // Whatever became of that one, the next is served, on a new connection if need be.
                let next = try await RawClient.connect(port: server.port, tls: certificate.client(alpn: ["h2"]))
                var sound = ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                Self.frame(4, 0, 0, [], to: &sound)
                Self.frame(1, 5, 1, Self.block(Self.start + [(":authority", "a")]), to: &sound)
                try await next.send(sound)
                try await next.receive(until: "served")
                return origin.requests.count
            }
        }
    }

    private static func frame(
        _ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8], to bytes: inout ByteBuffer
    ) {
        bytes.writeBytes([0, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF), type, flags])
        bytes.writeInteger(stream)
        bytes.writeBytes(payload)
    }

    /// Literals without indexing (RFC 7541, section 6.2.2), none longer than 126 bytes.
    private static func block(_ fields: [Field]) -> [UInt8] {
        var block: [UInt8] = []
        for field in fields {
            block.append(0)
            for text in [field.name, field.value] {
                block.append(UInt8(text.utf8.count))
                block.append(contentsOf: text.utf8)
            }
        }
        return block
    }

    @Test("an HTTP/2 request that names its host in a field alone is served")
    func hostAlone() async throws {
        #expect(try await self.reach(Self.start + [("host", "shop.test")], isServed: true) == 2)
    }

    @Test(
        "an HTTP/2 request with an unsound authority, two hosts or no path harms nothing",
        arguments: [
            Self.start + [(":authority", "a/b")], Self.start + [(":authority", "u@a")],
            Self.start + [(":authority", "a b")], Self.start + [(":authority", "a"), ("host", "b")],
            [(":method", "CONNECT"), (":authority", "a:443")],
        ])
    func unsound(fields: [Field]) async throws {
        #expect(try await self.reach(fields, isServed: false) == 1)
    }

    @Test("TRACE is refused, wherever it would end", arguments: ["", "Max-Forwards: 0\r\n"])
    func trace(field: String) async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let answer = try await RawClient.exchange(
                    port: server.port,
                    "TRACE /x HTTP/1.1\r\nHost: x\r\nX-Api-Key: secret\r\n\(field)Connection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 405 ") && !answer.contains("secret"), "\(answer)")
            }
            #expect(origin.requests.isEmpty)
        }
    }

    @Test("a prefix that is taken off leaves no path that begins like another host's")
    func strippedPrefix() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { origin in
            try await withProxy(to: origin.origin) {
                $0.proxy.path = "/api"
                $0.proxy.stripsPrefix = true
            } _: { server in
                _ = try await RawClient.exchange(
                    port: server.port, "GET /api//evil.test//x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            }
            #expect(origin.requests.map { String($0.requestLine) } == ["GET /evil.test//x HTTP/1.1"])
        }
    }
}
