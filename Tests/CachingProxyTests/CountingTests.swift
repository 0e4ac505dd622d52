import CachingProxy
import HTTPCache
import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import Observability
import ReverseProxy
import TestSupport
import Testing
import UpstreamPipeline
import WireTestSupport

/// What a proxy counts, read the way Prometheus reads it.
struct CountingTests {
    /// Runs `body` against a proxy that counts into the metrics, given a way to read them.
    private func withCounted(
        _ cache: HTTPCache?, to origin: String,
        _ body: @Sendable (Int, @escaping @Sendable (String) -> String?) async throws -> Void
    ) async throws {
        let metrics = Metrics()
        let counters = ProxyCounters(metrics, path: "/")
        if let cache { metrics.read(cache, path: "/") }
        let curl = try CurlTransport(configuration: PipelineConfiguration(origin: origin))
        let stage: any ProxyStage =
            cache.map { CacheStage(cache: $0, counters: counters) }
            ?? UncachedStage(coding: AnswerCoding(CacheConfiguration()), counters: counters)
        let proxy = ReverseProxy(
            configuration: ProxyConfiguration(path: "/", origin: origin), transport: curl, stage: stage,
            logger: Logger(label: "proxy") { _ in SwiftLogNoOpLogHandler() }, onRefusal: { counters.count(.refused) })
        defer { curl.shutdown() }
        try await withServer(handler: proxy) { server in
            try await body(server.port) { name in
                metrics.prometheusText().split(separator: "\n").first { $0.hasPrefix(name + " ") }
                    .map { String($0.dropFirst(name.utf8.count + 1)) }
            }
        }
    }

    private func requests(_ outcome: String) -> String {
        #"bitetrack_proxy_requests_total{proxy="/",outcome="\#(outcome)"}"#
    }

    private func failures(_ reason: String) -> String {
        #"bitetrack_proxy_origin_failures_total{proxy="/",reason="\#(reason)"}"#
    }

    /// Answers by its path, and 304 to every condition.
    private static let origin = FunctionHandler { request, responder in
        if request.headers.contains(name: "if-none-match"), request.path != "/changes" {
            return responder.send(HTTPResponse(status: .notModified, headers: ["etag": "\"a\""]))
        }
        var answer = HTTPResponse(status: .ok, headers: ["etag": "\"a\""], body: .init(string: request.path))
        switch request.path {
        case "/fresh": answer.headers.add(name: "cache-control", value: "max-age=60")
        case "/kept", "/changes": answer.headers.add(name: "cache-control", value: "no-cache")
        case "/grace":
            answer.headers.add(name: "cache-control", value: "max-age=0, stale-while-revalidate=60")
        case "/broken": answer.status = .serviceUnavailable
        default: answer.headers.add(name: "cache-control", value: "no-store")
        }
        responder.send(answer)
    }

    @Test("each request counts once, by what came of it")
    func outcomes() async throws {
        var plain = HTTPServerConfiguration()
        plain.addsSecurityHeaders = false
        try await withServer(plain, handler: Self.origin) { server in
            let cache = HTTPCache()
            try await self.withCounted(cache, to: "http://127.0.0.1:\(server.port)") { port, read in
                func ask(_ request: String) async throws { _ = try await RawClient.exchange(port: port, request) }
                for _ in 0..<4 { try await ask(get("/fresh")) }
                for _ in 0..<3 { try await ask(get("/kept")) }
                for _ in 0..<2 { try await ask(get("/changes")) }
                for _ in 0..<2 { try await ask(get("/grace")) }
                try await ask(get("/broken"))
                try await ask(get("/fresh", "Content-Length: 0\r\n", method: "POST"))
                try await ask(get("/nothing", "Cache-Control: only-if-cached\r\n"))
                try await ask(get("/a/%2e%2e/b"))
                let expected = [
                    "hit": 3, "miss": 5, "revalidated": 2, "expired": 1, "stale": 1, "bypass": 1, "refused": 2,
                    "failed": 0, "coalesced": 0,
                ]
                for (outcome, count) in expected {
                    #expect(read(self.requests(outcome)) == "\(count)", "\(outcome)")
                }
                #expect(read(self.failures("server_error")) == "1")
                #expect(read(#"bitetrack_proxy_cache_entries{proxy="/"}"#) == "\(cache.figures.entries)")
                #expect(cache.figures.entries == 3)
                #expect(read(#"bitetrack_proxy_cache_bytes{proxy="/"}"#) == "\(cache.figures.bytes)")
                #expect(read(#"bitetrack_proxy_cache_evictions_total{proxy="/"}"#) == "0")
            }
        }
    }

    @Test("those who waited for another's answer are counted as such")
    func coalesced() async throws {
        let origin = CountedOrigin { _, responder, _ in responder.send(response("a", "max-age=60"), after: 300) }
        try await withServer(handler: origin) { server in
            try await self.withCounted(HTTPCache(), to: "http://127.0.0.1:\(server.port)") { port, read in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<5 { group.addTask { _ = try await RawClient.exchange(port: port, get()) } }
                    try await group.waitForAll()
                }
                #expect(read(self.requests("miss")) == "1" && read(self.requests("coalesced")) == "4")
            }
        }
    }

    @Test("what makes room for others is counted")
    func evictions() async throws {
        let body = String(repeating: "x", count: 30_000)
        let origin = CountedOrigin { _, responder, _ in responder.send(response(body, "max-age=60")) }
        var configuration = CacheConfiguration()
        configuration.capacityBytes = 100_000
        try await withServer(handler: origin) { [configuration] server in
            let cache = HTTPCache(configuration: configuration)
            try await self.withCounted(cache, to: "http://127.0.0.1:\(server.port)") { port, read in
                for number in 0..<10 { _ = try await RawClient.exchange(port: port, get("/\(number)")) }
                #expect(read(#"bitetrack_proxy_cache_evictions_total{proxy="/"}"#) == "7")
            }
        }
    }

    @Test("an origin that does not answer is counted, with the cache and without", arguments: [true, false])
    func failures(isCached: Bool) async throws {
        let script: FaultyUpstream.Script = { request, _ in
            request.text.hasPrefix("GET /dead ")
                ? [.close]
                : [.send("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\nok"), .close]
        }
        try await FaultyUpstream.run(script) { upstream in
            try await self.withCounted(isCached ? HTTPCache() : nil, to: upstream.origin) { port, read in
                let dead = try await RawClient.exchange(port: port, get("/dead"))
                let live = try await RawClient.exchange(port: port, get("/live"))
                #expect(dead.hasPrefix("HTTP/1.1 502 ") && live.hasPrefix("HTTP/1.1 200 "))
                #expect(read(self.failures("connection_terminated")) == "1")
                #expect(read(self.failures("connection_refused")) == "0")
                #expect(read(self.requests("failed")) == "1")
                #expect(read(self.requests(isCached ? "miss" : "bypass")) == "1")
            }
        }
    }
}
