import BiteTrack
import DemoAPI
import JSON
import Logging
import NIOCore
import TestSupport
import Testing
import TokenVault

@testable import UpstreamPipeline

/// What callers get while the upstream is in trouble.
@Suite(.timeLimit(.minutes(1)))
struct ResilienceTests {
    private let time = ManualTime()

    private func pipeline(
        _ transport: any Transport, routes: RouteTable = Samples.routes,
        _ change: (inout PipelineConfiguration) -> Void = { _ in }
    ) -> Pipeline {
        var configuration = PipelineConfiguration(origin: "http://upstream")
        (configuration.queueTimeout, configuration.attempts) = (.zero, 1)
        change(&configuration)
        return Pipeline(
            configuration: configuration, routes: routes, transport: transport,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: self.time.environment)
    }

    private static let lost = ScriptedTransport.Outcome.failure(
        PipelineError(.unreachable, origin: .upstream, status: 502, message: "reset"))

    @Test("an older answer is given, marked as such, while there is no newer one, and not for ever")
    func staleIfError() async throws {
        let transport = ScriptedTransport([.success(Samples.response(200, "1")), Self.lost])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call())
        self.time.advance(by: .seconds(100))
        let stale = try await pipeline.send(Samples.call())
        #expect(stale.source == .stale(age: .seconds(100)) && String(buffer: stale.body) == "1")
        #expect(stale.exchanges == 1 && pipeline.counters.stale == 1)
        self.time.advance(by: .seconds(260))
        let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(error?.code == .unreachable)
    }

    @Test("a refusal about the question is no outage: nothing older is given", arguments: [400, 403, 404])
    func noStale(status: Int) async throws {
        let transport = ScriptedTransport([
            .success(Samples.response(200, "1")), .success(Samples.response(status, #"{"message":"no"}"#)),
        ])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call())
        self.time.advance(by: .seconds(100))
        let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(error?.status == status)
    }

    @Test("a change makes older answers useless, also as a last resort")
    func staleAfterWrite() async throws {
        let transport = ScriptedTransport([
            .success(Samples.response(200, "1")), .success(Samples.response(200, "{}")), Self.lost,
        ])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call())
        _ = try await pipeline.send(Samples.call("PATCH /sales/{id}/settle", ["id": .string(Samples.id)]))
        await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
    }

    @Test("within its grace an older answer comes at once, and a newer one is fetched for the next")
    func staleWhileRevalidate() async throws {
        let transport = ScriptedTransport([.success(Samples.response(200, "1")), .success(Samples.response(200, "2"))])
        let pipeline = self.pipeline(transport) { $0.staleWhileRevalidate = .seconds(30) }
        _ = try await pipeline.send(Samples.call())
        self.time.advance(by: .seconds(70))
        #expect(try await pipeline.send(Samples.call()).source == .stale(age: .seconds(70)))
        await eventually { transport.requests.count == 2 && pipeline.flights.count == 0 }
        let fresh = try await pipeline.send(Samples.call())
        #expect(fresh.source == .cache(age: .zero) && String(buffer: fresh.body) == "2")
    }

    @Test("what does not exist is not asked for again within its time, nor longer, nor after a change")
    func negative() async throws {
        let missing = ScriptedTransport.Outcome.success(Samples.response(404, #"{"message":"Sale not found"}"#))
        let transport = ScriptedTransport([missing])
        let pipeline = self.pipeline(transport)
        let call = Samples.call("GET /sales/{id}", ["id": .string(Samples.id)])
        for _ in 0..<5 {
            let error = await #expect(throws: PipelineError.self) { try await pipeline.send(call) }
            #expect(error?.status == 404 && error?.message == "Sale not found")
        }
        #expect(transport.requests.count == 1 && pipeline.counters.cacheHits == 4)
        self.time.advance(by: .seconds(10))
        await #expect(throws: PipelineError.self) { try await pipeline.send(call) }
        #expect(transport.requests.count == 2)
        await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("PATCH /sales/{id}/settle", ["id": .string(Samples.id)]))
        }
    }

    @Test("an upstream that does not answer is left alone, and found again by one call")
    func breaker() async throws {
        let transport = ScriptedTransport(Array(repeating: Self.lost, count: 6) + [.success(Samples.response())])
        let pipeline = self.pipeline(transport)
        for page in 1...5 {
            await #expect(throws: PipelineError.self) {
                try await pipeline.send(Samples.call("GET /sales", ["page": .init(page)]))
            }
        }
        let down = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(down?.code == .upstreamDown && down?.status == 503 && down?.retryAfter == .seconds(1))
        #expect(down?.exchanges == 0 && transport.requests.count == 5 && pipeline.isUpstreamDown)
        self.time.advance(by: .seconds(1))
        let again = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(again?.code == .unreachable)
        self.time.advance(by: .seconds(2))
        #expect(try await pipeline.send(Samples.call()).status == 200)
        #expect(!pipeline.isUpstreamDown)
    }

    @Test("a call that nobody answers ends in time, for all who wait for it")
    func callTimeout() async throws {
        let transport = ScriptedTransport(isHolding: true)
        let pipeline = self.pipeline(transport) { $0.callTimeout = .seconds(20) }
        let tasks = (0..<5).map { _ in Task { try await pipeline.send(Samples.call()) } }
        await transport.arrival()
        await eventually { pipeline.counters.asked == 5 && self.time.alarmCount == 1 }
        self.time.advance(by: .seconds(20))
        for task in tasks {
            let error = await #expect(throws: PipelineError.self) { try await task.value }
            #expect(error?.code == .timedOut && error?.status == 504)
        }
        #expect(transport.requests.count == 1)
    }

    @Test("a 401 of an upstream without database says so and keeps what the session has; a real one does not")
    func blindUpstream() async throws {
        let health = Route("GET", "/health/db", summary: "Database.", access: .open)
        let routes = RouteTable(Samples.routes.routes + [health])
        let denied = ScriptedTransport.Outcome.success(Samples.response(401, #"{"message":"Invalid token"}"#))
        let disconnected = ScriptedTransport.Outcome.success(
            Samples.response(503, #"{"status":"disconnected","message":"MongoDB connection is not healthy"}"#))
        let transport = ScriptedTransport([
            .success(Samples.response(200, "1")), denied, disconnected, denied, denied,
            .success(Samples.response(200, #"{"status":"connected"}"#)),
        ])
        let pipeline = self.pipeline(transport, routes: routes) { $0.healthRoute = "GET /health/db" }
        _ = try await pipeline.send(Samples.call())
        let blind = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /sales", ["page": 2]))
        }
        #expect(blind?.code == .upstreamFailure && blind?.status == 503 && blind?.retryAfter == .seconds(5))
        #expect(try await pipeline.send(Samples.call()).source == .cache(age: .zero))
        // For some seconds that is believed without another look.
        _ = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /sales", ["page": 3]))
        }
        #expect(transport.requests.map(\.target).filter { $0.hasSuffix("/health/db") }.count == 1)
        self.time.advance(by: .seconds(5))
        let real = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /sales", ["page": 4]))
        }
        #expect(real?.code == .unauthorized && transport.requests.count == 6)
    }

    @Test("a call waits for the next window when that comes in time")
    func queue() async throws {
        func answer(_ remaining: Int, reset: Int) -> ScriptedTransport.Outcome {
            .success(
                Samples.response(
                    200, "{}",
                    [
                        "x-ratelimit-limit": "100", "x-ratelimit-remaining": "\(remaining)",
                        "x-ratelimit-reset": "\(reset)",
                    ]))
        }
        let transport = ScriptedTransport([
            answer(0, reset: 1_700_000_006), answer(99, reset: 1_700_000_906),
        ])
        let pipeline = self.pipeline(transport) { $0.queueTimeout = .seconds(8) }
        _ = try await pipeline.send(Samples.call())
        let waiting = Task { try await pipeline.send(Samples.call("GET /sales", ["page": 2])) }
        await eventually { pipeline.waitingCount == 1 && self.time.alarmCount >= 1 }
        #expect(transport.requests.count == 1)
        self.time.advance(by: .seconds(6))
        let reply = try await waiting.value
        #expect(reply.queueWait == .seconds(6) && reply.source == .upstream && transport.requests.count == 2)
        // Whoever gives up leaves the queue.
        self.time.advance(by: .seconds(900))
    }

    @Test("a restart goes on with what the last process left")
    func restart() async throws {
        let folder = try TemporaryFolder()
        let headers = [
            "x-ratelimit-limit": "100", "x-ratelimit-remaining": "1", "x-ratelimit-reset": "1700000600",
        ]
        let transport = ScriptedTransport([.success(Samples.response(200, "{}", headers))])
        func start() -> Pipeline {
            self.pipeline(transport) {
                ($0.quotaFile, $0.quotaReserve) = (folder.path("quota.json"), 0)
            }
        }
        let first = start()
        _ = try await first.send(Samples.call())
        _ = try await first.send(Samples.call("GET /sales", ["page": 2]))
        let second = start()
        let refused = await #expect(throws: PipelineError.self) { try await second.send(Samples.call()) }
        #expect(refused?.code == .rateLimited && transport.requests.count == 2)
    }
}
