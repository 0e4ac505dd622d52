import HTTPCache
import TestSupport
import Testing
import WireTestSupport

/// Field values beyond ASCII.
struct FieldTextTests {
    @Test("UTF-8 passes as it is, ISO 8859-1 with the same letters, also out of the store")
    func values() async throws {
        let script: FaultyUpstream.Script = { _, _ in
            var bytes = Array(
                "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\nX-Eight: café ☕\r\n".utf8)
            bytes += Array("X-Latin: na".utf8) + [0xEF] + Array("ve caf".utf8) + [0xE9] + Array("\r\nX-Mixed: ".utf8)
            // UTF-8 that breaks off: no text can be told from it but byte by byte.
            bytes += [0xC3, 0xA9, 0x20, 0xE2, 0x98] + Array("\r\n\r\nok".utf8)
            return [.sendBytes(bytes), .close]
        }
        try await FaultyUpstream.run(script) { upstream in
            try await withCache(HTTPCache(), to: upstream.origin) { port in
                for _ in 0..<2 {
                    let answer = try await RawClient.exchange(port: port, get())
                    #expect(answer.contains("X-Eight: café ☕\r\n"), "\(answer)")
                    #expect(answer.contains("X-Latin: naïve café\r\n"), "\(answer)")
                    #expect(answer.contains("X-Mixed: Ã© â\u{98}\r\n"), "\(answer)")
                    #expect(!answer.contains("\u{FFFD}"))
                }
                #expect(upstream.requests.count == 1)
            }
        }
    }
}
