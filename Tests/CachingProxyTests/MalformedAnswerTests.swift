import HTTPCache
import TestSupport
import Testing
import WireTestSupport

/// Answers that would break a message apart: the client gets an error, and the next one must not get them either.
struct MalformedAnswerTests {
    private func expectRefused(_ fields: String) async throws {
        let script: FaultyUpstream.Script = { _, _ in
            [
                .send("HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n\(fields)Content-Length: 5\r\n\r\nhello"),
                .close,
            ]
        }
        try await FaultyUpstream.run(script) { upstream in
            let cache = HTTPCache()
            try await withCache(cache, to: upstream.origin) { port in
                for number in 1...2 {
                    let answer = try await RawClient.exchange(port: port, get())
                    #expect(answer.hasPrefix("HTTP/1.1 502 "), "\(answer.prefix(300).debugDescription)")
                    #expect(upstream.requests.count == number)
                }
            }
            #expect(cache.figures.entries == 0)
        }
    }

    @Test(
        "what cannot be sent is not stored",
        arguments: [
            "X: a\rSet-Cookie: b\r\n", "X: a\rYTransfer-Encoding: chunked\rYX: \r\n", "X: a\u{1}b\r\n",
            "X: a\u{7F}b\r\n",
            "ETag: \"a\rSet-Cookie: b\"\r\n", "Date: a\rb\r\n", "X Y: a\r\n", "X\rY: a\r\n", "X(: a\r\n",
        ])
    func malformed(fields: String) async throws { try await self.expectRefused(fields) }

    @Test("a malformed answer to a condition leaves what is stored as it was")
    func malformedValidation() async throws {
        let script: FaultyUpstream.Script = { _, number in
            number == 1
                ? [
                    .send(
                        "HTTP/1.1 200 OK\r\nCache-Control: max-age=0\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\nhello"),
                    .close,
                ]
                : [
                    .send("HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=60\r\nX: a\rSet-Cookie: b\r\n\r\n"),
                    .close,
                ]
        }
        try await FaultyUpstream.run(script) { upstream in
            try await withCache(HTTPCache(), to: upstream.origin) { port in
                for number in 1...3 {
                    let answer = try await RawClient.exchange(port: port, get())
                    #expect(!answer.contains("Set-Cookie"), "\(answer.prefix(300).debugDescription)")
                    #expect(answer.hasSuffix("hello") && upstream.requests.count == number)
                }
            }
        }
    }
}
