import CacheScenarios
import TestSupport
import Testing

/// Clients and origins that mean harm, on the real program.
struct HostileExchangeTests {
    private func get(_ target: String, host: String = "cache.example", fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nX-Number: 0\r\n\(fields)Connection: close\r\n\r\n"
    }

    @Test("neither ranges, hosts nor malformed answers get past the cache")
    func hostile() async throws {
        let fresh: Fields = [("Cache-Control", "max-age=60")]
        let origin = try await ScenarioOrigin([
            CacheScenario(.required, "sound", [.store(fresh, body: "0123456789")]),
            CacheScenario(.required, "other", [.store(fresh, body: "poison")]),
            CacheScenario(.required, "cookie", [.store(fresh + [("X", "a\rSet-Cookie: b")])]),
            CacheScenario(
                .required, "chunks", [.store(fresh + [("X", "a\rYTransfer-Encoding: chunked\rYX: ")])]),
        ])
        let proxy = try await ProxyProgram(origin: "http://127.0.0.1:\(origin.port)")
        func ask(_ text: String) async throws -> String { try await PlainConnection.exchange(port: proxy.port, text) }

        #expect(try await ask(self.get("/0")).hasSuffix("0123456789"))
        let part = try await ask(self.get("/0", fields: "Range: bytes=0-9223372036854775807\r\n"))
        #expect(part.hasPrefix("HTTP/1.1 206 ") && part.hasSuffix("0123456789"), "\(part)")

        // Whether or not such a host is taken, what it brings stays apart.
        _ = try await ask(self.get("/1", host: "cache.example/0"))
        #expect(try await ask(self.get("/0/1")).hasSuffix("0123456789"))

        for target in ["/2", "/3"] {
            for _ in 0..<2 {
                let answer = try await ask(self.get(target))
                #expect(answer.hasPrefix("HTTP/1.1 502 ") && !answer.contains("Set-Cookie"), "\(answer)")
            }
        }
        #expect(origin[2].requests.count == 2 && origin[3].requests.count == 2)
        #expect(await proxy.stop() == 0, "\(proxy.log.suffix(3000))")
        try await origin.stop()
    }

    @Test("cache_set_cookie = false keeps an answer with a cookie only when it is meant for all")
    func cookies() async throws {
        let origin = try await ScenarioOrigin([
            CacheScenario(.required, "own", [.store([("Cache-Control", "max-age=60"), ("Set-Cookie", "a=b")])]),
            CacheScenario(.required, "all", [.store([("Cache-Control", "s-maxage=60"), ("Set-Cookie", "a=b")])]),
        ])
        let proxy = try await ProxyProgram(
            origin: "http://127.0.0.1:\(origin.port)", settings: "cache_set_cookie = false")
        for target in ["/0", "/1"] {
            for _ in 0..<2 { _ = try await PlainConnection.exchange(port: proxy.port, self.get(target)) }
        }
        #expect(origin[0].requests.count == 2 && origin[1].requests.count == 1)
        #expect(await proxy.stop() == 0)
        try await origin.stop()
    }
}
