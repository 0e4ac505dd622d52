import CacheScenarios
import TestSupport
import Testing

/// What an operator sees of a `[[proxy]]`, and does with it, on the real program.
struct OperatingTests {
    private func get(_ target: String, host: String = "shop.test", _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nX-Number: 0\r\n\(fields)Connection: close\r\n\r\n"
    }

    @Test("/metrics tells what came of the requests and what is kept")
    func metrics() async throws {
        let origin = try await ScenarioOrigin([
            CacheScenario(.required, "kept", [.store([("Cache-Control", "max-age=60")], body: "0123456789")]),
            CacheScenario(.required, "dead", [.cutOff(.origin)]),
        ])
        let proxy = try await ProxyProgram(origin: "http://127.0.0.1:\(origin.port)")
        for _ in 0..<3 { _ = try await PlainConnection.exchange(port: proxy.port, self.get("/0")) }
        let answer = try await PlainConnection.exchange(port: proxy.port, self.get("/1"))
        #expect(answer.hasPrefix("HTTP/1.1 502 "))
        let metrics = try await PlainConnection.exchange(port: proxy.port, self.get("/metrics"))
        for line in [
            #"bitetrack_proxy_requests_total{proxy="/",outcome="hit"} 2"#,
            #"bitetrack_proxy_requests_total{proxy="/",outcome="miss"} 1"#,
            #"bitetrack_proxy_requests_total{proxy="/",outcome="failed"} 1"#,
            #"bitetrack_proxy_cache_entries{proxy="/"} 1"#,
            #"bitetrack_proxy_cache_evictions_total{proxy="/"} 0"#,
            "# TYPE bitetrack_proxy_cache_evictions_total counter",
        ] { #expect(metrics.contains(line + "\n"), "\(line)\n\(metrics)") }
        #expect(await proxy.stop() == 0)
        try await origin.stop()
    }

    @Test("an operator drops kept answers by target, prefix, group and host, or all, and learns how many there were")
    func purge() async throws {
        let secret = "an-operators-secret-token"
        let fresh: Fields = [("Cache-Control", "max-age=600"), ("Vary", "X-Kind")]
        let origin = try await ScenarioOrigin([
            CacheScenario(.required, "plain", [.store(fresh)]),
            CacheScenario(.required, "grouped", [.store(fresh + [("Cache-Groups", "\"menu\"")])]),
        ])
        let proxy = try await ProxyProgram(
            origin: "http://127.0.0.1:\(origin.port)",
            settings: "[[proxy]]\npath = \"/1/bare\"\norigin = \"http://127.0.0.1:1\"\ncache = false",
            environment: ["ADMIN_TOKEN": secret])
        func ask(_ text: String) async throws -> String { try await PlainConnection.exchange(port: proxy.port, text) }
        func purge(_ body: String, _ token: String = secret) async throws -> String {
            try await ask(
                "POST /admin/purge HTTP/1.1\r\nHost: shop.test\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
        }
        func fill() async throws {
            for target in ["/0", "/0/a?x=1", "/0/a?x=2", "/1"] {
                for host in ["shop.test", "other.test:80"] {
                    for kind in ["a", "b"] { _ = try await ask(self.get(target, host: host, "X-Kind: \(kind)\r\n")) }
                }
            }
        }
        func isKept(_ target: String, host: String = "shop.test") async throws -> Bool {
            try await ask(self.get(target, host: host, "X-Kind: a\r\n")).contains("; hit;")
        }
        // What is dropped, how many answers that are, and what is gone and what is left.
        let cases: [(body: String, dropped: Int, gone: String, left: String?)] = [
            (#"{"proxy":"/","target":"/0","host":"Shop.test"}"#, 2, "/0", "/0/a?x=1"),
            (#"{"proxy":"/","target":"/0/a?x=1"}"#, 4, "/0/a?x=1", "/0/a?x=2"),
            (#"{"proxy":"/","prefix":"/0/a"}"#, 8, "/0/a?x=2", "/0"),
            (#"{"proxy":"/","prefix":"/0/a?x=2","host":"shop.test"}"#, 2, "/0/a?x=2", "/0/a?x=1"),
            (#"{"proxy":"/","group":"menu","host":"shop.test"}"#, 2, "/1", "/0"),
            (#"{"group":"menu","proxy":"/"}"#, 4, "/1", "/0"),
            (#"{"proxy":"/","all":true,"host":"shop.test"}"#, 8, "/0", nil),
            (#"{"proxy":"/","all":true}"#, 16, "/1", nil),
            (#"{"all":true}"#, 16, "/0", nil),
        ]
        for (body, dropped, gone, left) in cases {
            try await fill()
            let answer = try await purge(body)
            #expect(
                answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("{\"dropped\":\(dropped)}"), "\(body): \(answer)")
            #expect(try await !isKept(gone), "\(body)")
            if let left { #expect(try await isKept(left), "\(body)") }
        }
        try await fill()
        #expect(try await purge(#"{"proxy":"/","target":"/0","host":"shop.test"}"#).hasSuffix("{\"dropped\":2}"))
        #expect(try await isKept("/0", host: "other.test:80"))

        let refused = [
            ("", "one of"), ("[]", "one of"), (#"{"proxy":"/"}"#, "one of"), (#"{"proxy":"/","all":false}"#, "one of"),
            (#"{"proxy":"/","all":true,"target":"/0"}"#, "one of"), (#"{"proxy":"/","targets":"/0"}"#, "one of"),
            (#"{"proxy":"/no","all":true}"#, "no such proxy. Paths: /, /1/bare"),
            (#"{"proxy":1,"all":true}"#, "no such proxy"), (#"{"proxy":"/1/bare","all":true}"#, "cache = false"),
            (#"{"proxy":"/","target":"0"}"#, "begins with a slash"),
            (#"{"proxy":"/","prefix":""}"#, "begins with a slash"),
            (#"{"proxy":"/","host":"","all":true}"#, "Host"), (#"{"route":"GET /sales"}"#, "no such route"),
            (#"{"group":"sales"}"#, "no such group"), (#"{"host":"shop.test","all":true}"#, "one of"),
        ]
        for (body, message) in refused {
            let answer = try await purge(body)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains(message), "\(body): \(answer)")
        }
        for token in ["", "x", secret + "x"] {
            #expect(try await purge(#"{"all":true}"#, token).hasPrefix("HTTP/1.1 401 "))
        }
        let wrongMethod = try await ask(self.get("/admin/purge"))
        #expect(wrongMethod.hasPrefix("HTTP/1.1 405 "))
        #expect(try await isKept("/1"))
        #expect(await proxy.stop() == 0 && !proxy.log.contains(secret))
        try await origin.stop()
    }

    @Test("text goes in gzip to those who take it, unless compress = false", arguments: [true, false])
    func compression(isOn: Bool) async throws {
        let text = String(repeating: "espresso ", count: 200)
        let origin = try await ScenarioOrigin([
            CacheScenario(
                .required, "text",
                [.store([("Content-Type", "text/plain"), ("Cache-Control", "max-age=60")], body: text)])
        ])
        let proxy = try await ProxyProgram(
            origin: "http://127.0.0.1:\(origin.port)", settings: isOn ? "" : "compress = false")
        for _ in 0..<2 {
            let packed = try await PlainConnection.exchange(
                port: proxy.port, self.get("/0", "Accept-Encoding: gzip\r\n"))
            #expect(packed.contains("content-encoding: gzip\r\n") == isOn, "\(packed)")
            #expect(packed.hasSuffix("\r\n\r\n" + text) == !isOn)
            let plain = try await PlainConnection.exchange(port: proxy.port, self.get("/0"))
            #expect(plain.hasSuffix("\r\n\r\n" + text) && !plain.contains("content-encoding"))
            #expect(plain.lowercased().contains("\r\nvary: accept-encoding\r\n") == isOn)
        }
        #expect(await proxy.stop() == 0)
        #expect(origin[0].requests.count == 1)
        try await origin.stop()
    }
}
