import HTTPServer
import JSON
import Logging
import NIOCore
import NIOHTTP1
import Testing

@testable import DemoAPI

/// The API on real sockets, as clients meet it.
struct SocketTests {
    static let login = #"{"email":"admin@demo.test","password":"DemoAdmin1!"}"#

    /// Runs `body` against a started API and shuts it down.
    static func withAPI(
        _ change: (inout DemoConfiguration) -> Void = { _ in },
        _ body: (DemoAPI, Int) async throws -> Void
    ) async throws {
        var configuration = DemoConfiguration()
        // Many tests share few cores; none of them is about idle connections.
        configuration.idleTimeout = .seconds(60)
        change(&configuration)
        let (api, server) = try await DemoAPI.start(configuration: configuration, logger: Logger(label: "test"))
        do {
            try await body(api, server.port)
        } catch {
            await server.shutdown(deadline: .seconds(1))
            throw error
        }
        await server.shutdown(deadline: .seconds(1))
    }

    @Test("login, read, 304 and HEAD on one connection")
    func conversation() async throws {
        try await Self.withAPI { _, port in
            try await RawHTTPClient.withConnection(port: port) { connection in
                let login = try await connection.call(
                    .POST, "/api/v2/auth/login", ["content-type": "application/json"], body: Self.login)
                #expect(login.status == 200)
                let token = try JSONValue(parsing: login.text)["token"].stringValue ?? ""
                let headers: HTTPHeaders = ["authorization": "Bearer \(token)", "accept-encoding": "gzip"]
                let products = try await connection.call(.GET, "/bitetrack/products", headers)
                #expect(products.status == 200)
                #expect(products.headers["content-encoding"] == [])
                #expect(products.headers["content-length"] == [String(products.text.utf8.count)])
                #expect(products.headers["cache-control"] == [])
                let head = try await connection.call(.HEAD, "/api/v2/products", headers)
                #expect((head.status, head.text) == (200, ""))
                #expect(head.headers["content-length"] == products.headers["content-length"])
                #expect(head.headers["etag"] == products.headers["etag"])
                var conditional = headers
                conditional.add(name: "if-none-match", value: products.headers["etag"].first ?? "")
                let cached = try await connection.call(.GET, "/api/v2/products", conditional)
                #expect((cached.status, cached.text) == (304, ""))
                #expect(cached.headers["content-length"] == [])
                let export = try await connection.call(
                    .GET, "/api/v2/reporting/sales/export?endDate=2001-01-01", headers)
                #expect(export.headers["content-length"] == ["0"])
                #expect(cached.headers["x-ratelimit-remaining"] == ["96"])
            }
        }
    }

    @Test("refuses the 101st request of a window, whatever connection it comes on")
    func rateLimit() async throws {
        try await Self.withAPI { api, port in
            for batch in 0..<2 {
                try await RawHTTPClient.withConnection(port: port) { connection in
                    for index in 0..<50 {
                        let answer = try await connection.call(.GET, "/api/v2/health")
                        #expect(answer.status == 200)
                        #expect(answer.headers["X-RateLimit-Remaining"] == [String(99 - batch * 50 - index)])
                    }
                }
            }
            try await RawHTTPClient.withConnection(port: port) { connection in
                let refused = try await connection.call(.GET, "/api/v2/health")
                #expect(refused.status == 429)
                #expect(refused.headers["retry-after"] != [])
            }
            #expect(api.requestCount == 101)
        }
    }

    @Test("closes the connection instead of answering when told to", arguments: [Fault.reset, .loseAnswer])
    func cutOff(fault: Fault) async throws {
        try await Self.withAPI { api, port in
            api.inject(fault)
            await #expect(throws: (any Error).self) {
                try await RawHTTPClient.withConnection(port: port) { connection in
                    _ = try await connection.call(.GET, "/api/v2/health")
                }
            }
            try await RawHTTPClient.withConnection(port: port) { connection in
                let answer = try await connection.call(.GET, "/api/v2/health")
                #expect(answer.status == 200)
            }
        }
    }

    @Test("keeps silent until the faults are cleared, and forgets clients that leave")
    func hang() async throws {
        try await Self.withAPI { api, port in
            api.inject(.hang, requests: 2)
            try await RawHTTPClient.withConnection(port: port) { leaving in
                try await leaving.send(.GET, "/api/v2/health")
                try await Self.reach(1) { api.requestCount }
            }
            try await RawHTTPClient.withConnection(port: port) { waiting in
                try await waiting.send(.GET, "/api/v2/health")
                try await Self.reach(2) { api.requestCount }
                try await Self.reach(1) { api.waitingClients }
                api.clearFaults()
                let answer = try await waiting.receive()
                #expect(answer.status == 503)
            }
            #expect(api.waitingClients == 0)
        }
    }

    @Test("adds the configured latency")
    func latency() async throws {
        try await Self.withAPI {
            $0.latency = .milliseconds(50)
        } _: { _, port in
            try await RawHTTPClient.withConnection(port: port) { connection in
                let started = ContinuousClock.now
                _ = try await connection.call(.GET, "/api/v2/health")
                #expect(ContinuousClock.now - started >= .milliseconds(50))
            }
        }
    }

    /// Returns when `value` is `expected`; gives other tasks their turn in between.
    static func reach(_ expected: Int, _ value: () -> Int) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while value() != expected {
            if ContinuousClock.now > deadline { throw RawHTTPClient.Broken(reason: "\(value()) is not \(expected)") }
            await Task.yield()
        }
    }
}
