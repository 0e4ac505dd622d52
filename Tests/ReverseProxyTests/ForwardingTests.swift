import HTTPServer
import NIOCore
import Testing
import WireTestSupport

/// What goes through when nothing goes wrong.
struct ForwardingTests {
    @Test("passes request and answer on, with order, case and repetitions of headers")
    func passes() async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send(
                    "GET /a/b?filter[name]=x&filter[name]=y&q=a%20b HTTP/1.1\r\nHost: shop.test\r\nX-One: 1\r\n"
                        + "Authorization: Bearer own\r\nx-ONE: 2\r\nCookie: a=1\r\n\r\n")
                let upstream = try await origin.accept()
                let request = try await upstream.receive(until: "\r\n\r\n")
                #expect(request.hasPrefix("GET /a/b?filter[name]=x&filter[name]=y&q=a%20b HTTP/1.1\r\n"))
                #expect(request.contains("\r\nHost: 127.0.0.1:\(origin.port)\r\n"))
                #expect(request.contains("\r\nX-One: 1\r\nAuthorization: Bearer own\r\nx-ONE: 2\r\n"))
                #expect(request.contains("\r\nVia: 1.1 bitetrack-sidecar\r\n"))
                #expect(request.contains("\r\nX-Forwarded-For: 127.0.0.1\r\n"))
                #expect(request.contains("\r\nX-Forwarded-Host: shop.test\r\n"))
                #expect(request.contains("\r\nX-Forwarded-Proto: http\r\n"))
                #expect(request.contains("\r\nForwarded: for=127.0.0.1;host=shop.test;proto=http\r\n"))
                #expect(!request.lowercased().contains("user-agent") && !request.lowercased().contains("accept"))
                try await upstream.send(
                    "HTTP/1.1 201 Made It\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-CASE: kept\r\nContent-Length: 5\r\n"
                        + "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\nhello")
                let answer = try await client.receive(until: "hello")
                #expect(
                    answer.hasPrefix("HTTP/1.1 201 Made It\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-CASE: kept\r\n"))
                #expect(answer.contains("\r\ncontent-length: 5\r\n"))
                #expect(answer.contains("\r\nVia: 1.1 bitetrack-sidecar\r\n"))
                // Nothing of our own on answers of others.
                #expect(!answer.contains("content-security-policy") && !answer.contains("cache-control"))
            }
        }
    }

    @Test(
        "methods arrive by the name they came with",
        arguments: ["M-SEARCH", "PROPFIND", "QUERY", "REPORT", "MKCALENDAR", "PURGE", "LINK"])
    func methods(name: String) async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let answer = try await RawClient.exchange(
                    port: server.port,
                    "\(name) / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
            }
            #expect(origin.requests.map(\.requestLine) == ["\(name) / HTTP/1.1"])
        }
    }

    @Test("streams an upload in pieces, and its answer")
    func upload() async throws {
        try await RawOrigin.run { origin in
            try await withProxy(to: origin.address) { server in
                let client = try await RawClient.connect(port: server.port)
                try await client.send("POST /up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                let upstream = try await origin.accept()
                let start = try await upstream.receive(until: "abc\r\n")
                #expect(start.lowercased().contains("\r\ntransfer-encoding: chunked\r\n"))
                #expect(!start.lowercased().contains("expect:"))
                try await client.send("2\r\nde\r\n0\r\n\r\n")
                let all = try await upstream.receive(until: "0\r\n\r\n")
                #expect(all.hasSuffix("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))
                try await upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")
                let first = try await client.receive(until: "ok\r\n")
                #expect(first.contains("transfer-encoding: chunked\r\n"))
                try await upstream.send("4\r\nmore\r\n0\r\n\r\n")
                let answer = try await client.receive(until: "0\r\n\r\n")
                #expect(answer.hasSuffix("2\r\nok\r\n4\r\nmore\r\n0\r\n\r\n"))
            }
        }
    }
}
