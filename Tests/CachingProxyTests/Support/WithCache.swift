import CachingProxy
import HTTPCache
import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import ReverseProxy
import Synchronization
import UpstreamPipeline
import WireTestSupport

/// An origin whose answers a closure gives, and how often it was asked.
final class CountedOrigin: HTTPHandler {
    typealias Answer = @Sendable (HTTPRequest, HTTPResponder, Int) -> Void

    private let count = Mutex(0)
    private let answer: Answer

    /// - Parameter answer: gets the request's number, from 1 on.
    init(_ answer: @escaping Answer) { self.answer = answer }

    var requests: Int { self.count.withLock { $0 } }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let number = self.count.withLock { count in
            count += 1
            return count
        }
        self.answer(request, responder, number)
    }
}

/// Runs `body` against a caching proxy in front of `origin`.
func withCache<R: Sendable>(
    _ origin: CountedOrigin, _ change: (inout CacheConfiguration) -> Void = { _ in },
    _ body: @Sendable (Int, HTTPCache) async throws -> R
) async throws -> R {
    var configuration = CacheConfiguration()
    change(&configuration)
    var plain = HTTPServerConfiguration()
    plain.addsSecurityHeaders = false
    plain.compresses = false
    let cache = HTTPCache(configuration: configuration)
    return try await withServer(plain, handler: origin) { server in
        try await withCache(cache, to: "http://127.0.0.1:\(server.port)") { try await body($0, cache) }
    }
}

/// Runs `body` against a caching proxy in front of an address.
func withCache<R: Sendable>(
    _ cache: HTTPCache, to origin: String, _ body: @Sendable (Int) async throws -> R
) async throws -> R {
    var transport = PipelineConfiguration(origin: origin)
    transport.maximumConnections = 64
    let curl = try CurlTransport(configuration: transport)
    let proxy = ReverseProxy(
        configuration: ProxyConfiguration(path: "/", origin: origin), transport: curl, stage: CacheStage(cache: cache),
        logger: Logger(label: "proxy") { _ in SwiftLogNoOpLogHandler() })
    defer { curl.shutdown() }
    return try await withServer(handler: proxy) { server in try await body(server.port) }
}

extension HTTPResponder {
    /// Answers later, as an origin that has to think.
    func send(_ response: HTTPResponse, after milliseconds: Int64) {
        self.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) { self.send(response) }
    }
}

/// Keeps clients waiting until so many are there.
final class Gathering: Sendable {
    private let count: Int
    private let waiting = Mutex<[(HTTPResponder, HTTPResponse)]>([])

    init(count: Int) { self.count = count }

    func answer(_ responder: HTTPResponder, _ response: HTTPResponse) {
        let all = self.waiting.withLock { waiting in
            waiting.append((responder, response))
            return waiting.count < self.count ? [] : waiting
        }
        for (responder, response) in all { responder.send(response) }
    }
}

func response(_ body: String, _ cacheControl: String, status: HTTPResponseStatus = .ok) -> HTTPResponse {
    HTTPResponse(
        status: status, headers: ["cache-control": cacheControl, "content-type": "text/plain"],
        body: ByteBuffer(string: body))
}

func get(_ path: String = "/a", _ fields: String = "", method: String = "GET") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: shop.test\r\n\(fields)Connection: close\r\n\r\n"
}
