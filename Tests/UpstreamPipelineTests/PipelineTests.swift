import JSON
import Logging
import NIOCore
import TestSupport
import Testing
import TokenVault

@testable import UpstreamPipeline

/// The phases together, on a transport that answers from a list and a clock that moves by hand.
@Suite(.timeLimit(.minutes(1)))
struct PipelineTests {
    private let time = ManualTime()

    private func pipeline(
        _ transport: ScriptedTransport, _ change: (inout PipelineConfiguration) -> Void = { _ in }
    ) -> Pipeline {
        var configuration = PipelineConfiguration(origin: "http://upstream")
        // Nobody waits here, and nothing is kept for others: what the quota decides shows at once.
        (configuration.queueTimeout, configuration.quotaReserve) = (.zero, 0)
        change(&configuration)
        return Pipeline(
            configuration: configuration, routes: Samples.routes, transport: transport,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: self.time.environment)
    }
    private func body(_ reply: PipelineReply) -> String { String(buffer: reply.body) }

    @Test("a second read comes from the cache, until its time is over")
    func cache() async throws {
        let transport = ScriptedTransport([.success(Samples.response(200, "1")), .success(Samples.response(200, "2"))])
        let pipeline = self.pipeline(transport)
        let first = try await pipeline.send(Samples.call())
        #expect(self.body(first) == "1" && first.source == .upstream && first.exchanges == 1)
        self.time.advance(by: .seconds(40))
        let second = try await pipeline.send(Samples.call())
        #expect(self.body(second) == "1" && second.source == .cache(age: .seconds(40)) && second.exchanges == 0)
        self.time.advance(by: .seconds(20))
        #expect(self.body(try await pipeline.send(Samples.call())) == "2")
        #expect(transport.requests.map(\.target) == ["/api/v2/sales", "/api/v2/sales"])
        #expect(pipeline.counters == PipelineCounters(asked: 3, cacheHits: 1, sent: 2))
    }

    @Test("cached answers never cross sessions, nor tokens within one")
    func privacy() async throws {
        let transport = ScriptedTransport()
        let pipeline = self.pipeline(transport)
        for (session, token) in [("a", "t1"), ("b", "t1"), ("a", "t2"), ("a", "t1")] {
            let reply = try await pipeline.send(Samples.call(session: session, token: token))
            #expect(reply.source == .upstream)
        }
        #expect(try await pipeline.send(Samples.call(session: "b", token: "t1")).source != .upstream)
        #expect(transport.requests.count == 4)
        let withoutToken = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call(session: "b", token: nil))
        }
        #expect(withoutToken?.code == .notLoggedIn)
    }

    @Test("whatever order calls come in, each gets the answer its own token would get", arguments: [UInt64(1), 2, 3])
    func principals(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        var configuration = PipelineConfiguration(origin: "http://upstream")
        configuration.rateLimit = 1_000_000
        let pipeline = Pipeline(
            configuration: configuration, routes: Samples.routes, transport: EchoTransport(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: self.time.environment)
        for _ in 0..<2000 {
            let (session, token) = (
                "s\(Int.random(in: 0..<3, using: &random))", "t\(Int.random(in: 0..<2, using: &random))"
            )
            let page = Int.random(in: 1...3, using: &random)
            switch Int.random(in: 0..<40, using: &random) {
            case 0: pipeline.clearCache(session: session)
            case 1: pipeline.endSession(session)
            case 2: self.time.advance(by: .seconds(45))
            default: break
            }
            let call = Samples.call("GET /sales", ["page": .init(page)], session: session, token: token)
            #expect(self.body(try await pipeline.send(call)) == "\"\(token) /api/v2/sales?page=\(page)\"")
        }
        let counters = pipeline.counters
        #expect(counters.asked == 2000 && counters.sent + counters.cacheHits == 2000 && counters.cacheHits > 200)
    }

    @Test("clearing or ending a session forgets its answers and no other's")
    func forgetting() async throws {
        let transport = ScriptedTransport()
        let pipeline = self.pipeline(transport)
        for session in ["a", "b", "c"] { _ = try await pipeline.send(Samples.call(session: session)) }
        pipeline.clearCache(session: "a")
        pipeline.endSession("b")
        #expect(pipeline.budget(session: "b").remaining == 100)
        var sources: [PipelineReply.Source] = []
        for session in ["a", "b", "c"] {
            sources.append(try await pipeline.send(Samples.call(session: session)).source)
        }
        #expect(sources == [.upstream, .upstream, .cache(age: .zero)])
    }

    @Test("a change makes the answers of its groups stale in every session")
    func invalidation() async throws {
        let transport = ScriptedTransport()
        let pipeline = self.pipeline(transport)
        for session in ["a", "b"] {
            _ = try await pipeline.send(Samples.call(session: session))
            _ = try await pipeline.send(Samples.call("GET /inventory-drops", session: session))
        }
        _ = try await pipeline.send(Samples.call("PATCH /sales/{id}/settle", ["id": .string(Samples.id)], session: "a"))
        for session in ["a", "b"] {
            #expect(try await pipeline.send(Samples.call(session: session)).source == .upstream)
            let drops = try await pipeline.send(Samples.call("GET /inventory-drops", session: session))
            #expect(drops.source == .cache(age: .zero))
        }
    }

    @Test(
        "a change that may have happened counts as one; a refused one does not",
        arguments: [
            (.failure(PipelineError(.timedOut, origin: .upstream, status: 504, message: "x")), true),
            (.success(Samples.response(500, "{}")), true),
            (.success(Samples.response(404, #"{"message":"x"}"#)), false),
        ] as [(ScriptedTransport.Outcome, Bool)])
    func uncertainChange(outcome: ScriptedTransport.Outcome, isStale: Bool) async throws {
        let transport = ScriptedTransport([.success(Samples.response()), outcome, .success(Samples.response())])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call())
        await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("PATCH /sales/{id}/settle", ["id": .string(Samples.id)]))
        }
        #expect(transport.requests.count == 2)
        #expect((try await pipeline.send(Samples.call()).source == .upstream) == isStale)
    }

    @Test("identical reads at once cost one exchange")
    func singleFlight() async throws {
        let transport = ScriptedTransport(isHolding: true)
        let pipeline = self.pipeline(transport)
        pipeline.liftQuota()
        let tasks = (0..<20).map { _ in Task { try await pipeline.send(Samples.call()) } }
        let other = Task { try await pipeline.send(Samples.call(session: "other")) }
        await transport.arrival()
        await transport.arrival()
        await eventually { pipeline.counters.asked >= 21 }
        transport.release()
        var sources: [PipelineReply.Source] = []
        for task in tasks { sources.append(try await task.value.source) }
        #expect(try await other.value.source == .upstream)
        #expect(sources.filter { $0 == .upstream }.count == 1)
        #expect(transport.requests.count == 2 && pipeline.counters.sent == 2)
    }

    @Test("a read after a change does not join one from before it")
    func flightAcrossChange() async throws {
        let transport = ScriptedTransport(isHolding: true)
        let pipeline = self.pipeline(transport)
        pipeline.liftQuota()
        let before = Task { try await pipeline.send(Samples.call()) }
        await transport.arrival()
        pipeline.clearCache(session: "s1")
        let after = Task { try await pipeline.send(Samples.call()) }
        await transport.arrival()
        transport.release()
        #expect(try await before.value.source == .upstream)
        #expect(try await after.value.source == .upstream)
        #expect(transport.requests.count == 2)
    }

    @Test("the last caller to be cancelled cancels the exchange")
    func cancellation() async throws {
        let transport = ScriptedTransport([.failure(.cancelled)], isHolding: true)
        let pipeline = self.pipeline(transport)
        let task = Task { try await pipeline.send(Samples.call()) }
        await transport.arrival()
        task.cancel()
        let error = await #expect(throws: PipelineError.self) { try await task.value }
        #expect(error?.status == 499)
        await eventually { transport.cancellations > 0 }
    }

    @Test("safe reads are tried again, and the waits grow")
    func retries() async throws {
        let lost = PipelineError(.unreachable, origin: .upstream, status: 502, message: "reset")
        let transport = ScriptedTransport([
            .failure(lost), .success(Samples.response(503, "<html>", type: "text/html")), .success(Samples.response()),
        ])
        let pipeline = self.pipeline(transport)
        let reply = try await pipeline.send(Samples.call())
        #expect(reply.exchanges == 3 && reply.source == .upstream)
        #expect(self.time.sleeps == [.milliseconds(50), .milliseconds(100)])
        #expect(pipeline.counters == PipelineCounters(asked: 1, sent: 3, retried: 2))
        #expect(pipeline.budget(session: "s1").remaining == 97)
    }

    @Test("gives the last failure when all tries fail, and a login has one try")
    func exhausted() async throws {
        let transport = ScriptedTransport([.success(Samples.response(503, #"{"message":"Busy"}"#))])
        let pipeline = self.pipeline(transport)
        let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(error?.code == .upstreamFailure && error?.message == "Busy" && error?.exchanges == 3)
        let login = await #expect(throws: PipelineError.self) {
            try await pipeline.send(
                Samples.call("POST /auth/login", ["email": "a@b.test", "password": "x"], token: nil))
        }
        #expect(login?.exchanges == 1)
        #expect(pipeline.counters.failed == 2 && transport.requests.count == 4)
    }

    @Test("a session sends no more than its limit, and others are not touched")
    func sessionQuota() async throws {
        let transport = ScriptedTransport()
        let pipeline = self.pipeline(transport) { ($0.rateLimit, $0.rateWindow) = (3, .seconds(30)) }
        for page in 1...3 { _ = try await pipeline.send(Samples.call("GET /sales", ["page": .init(page)])) }
        let error = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /sales", ["page": 4]))
        }
        #expect(error?.code == .rateLimited && error?.retryAfter == .seconds(10) && error?.exchanges == 0)
        #expect(pipeline.budget(session: "s1") == Budget(limit: 3, remaining: 0, resetsIn: .seconds(30)))
        // What is cached needs no request.
        #expect(try await pipeline.send(Samples.call("GET /sales", ["page": 3])).source != .upstream)
        #expect(try await pipeline.send(Samples.call(session: "other")).source == .upstream)
        self.time.advance(by: .seconds(10))
        #expect(try await pipeline.send(Samples.call("GET /sales", ["page": 4])).source == .upstream)
    }

    @Test("stops before the upstream's own limit and starts again after it")
    func upstreamQuota() async throws {
        func response(_ remaining: Int) -> ScriptedTransport.Outcome {
            .success(
                Samples.response(
                    200, "{}",
                    [
                        "x-ratelimit-limit": "100", "x-ratelimit-remaining": "\(remaining)",
                        "x-ratelimit-reset": "1700000100",
                    ]))
        }
        let transport = ScriptedTransport([response(1), response(0), .success(Samples.response())])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call(session: "a"))
        #expect(pipeline.budget(session: "b") == Budget(limit: 100, remaining: 1, resetsIn: .seconds(100)))
        _ = try await pipeline.send(Samples.call(session: "b"))
        let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call(session: "c")) }
        #expect(error?.code == .rateLimited && error?.retryAfter == .seconds(100))
        #expect(pipeline.counters.refused == 1 && transport.requests.count == 2)
        self.time.advance(by: .seconds(100))
        #expect(try await pipeline.send(Samples.call(session: "c")).source == .upstream)
        #expect(pipeline.budget(session: "c").remaining == 99)
    }

    @Test("after a 429 nothing is sent before its time")
    func tooManyRequests() async throws {
        let body = #"{"error":"Too Many Requests","message":"Too many requests from this IP"}"#
        let transport = ScriptedTransport([
            .success(Samples.response(429, body, ["retry-after": "30"])), .success(Samples.response()),
        ])
        let pipeline = self.pipeline(transport)
        let first = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(first?.code == .upstreamRateLimited && first?.retryAfter == .seconds(30))
        self.time.advance(by: .seconds(29))
        let second = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call(session: "b")) }
        #expect(second?.code == .rateLimited && second?.retryAfter == .seconds(1))
        self.time.advance(by: .seconds(1))
        #expect(try await pipeline.send(Samples.call()).source == .upstream)
        #expect(transport.requests.count == 2)
    }

    @Test("a repeat that the budget does not allow ends with what made it necessary")
    func retryWithoutBudget() async throws {
        let transport = ScriptedTransport([.success(Samples.response(503, #"{"message":"Busy"}"#))])
        let pipeline = self.pipeline(transport) { $0.rateLimit = 1 }
        let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
        #expect(error?.code == .upstreamFailure && error?.exchanges == 1)
    }

    @Test("nothing leaves for calls that route or gate refuse")
    func refusals() async throws {
        let transport = ScriptedTransport()
        let pipeline = self.pipeline(transport)
        let calls = [
            Samples.call("GET /nothing"), Samples.call("GET /sales/{id}", ["id": "http://evil.test/"]),
            Samples.call("POST /sales"), Samples.call("POST /test-data/clean"), Samples.call(token: nil),
        ]
        for call in calls { await #expect(throws: PipelineError.self) { try await pipeline.send(call) } }
        #expect(transport.requests.isEmpty)
        #expect(pipeline.counters == PipelineCounters(refused: 5))
    }

    @Test("a refused token empties the session's cache")
    func unauthorized() async throws {
        let refused = Samples.response(401, #"{"message":"Invalid token"}"#)
        let transport = ScriptedTransport([
            .success(Samples.response()), .success(refused), .success(Samples.response()),
        ])
        let pipeline = self.pipeline(transport)
        _ = try await pipeline.send(Samples.call())
        let error = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /sales", ["page": 2]))
        }
        #expect(error?.code == .unauthorized)
        #expect(try await pipeline.send(Samples.call()).source == .upstream)
    }

    @Test("no log line holds a token, a password or a value of a query")
    func logging() async throws {
        let log = CapturedLog()
        let transport = ScriptedTransport([
            .success(Samples.response(503, #"{"message":"Busy"}"#)), .success(Samples.response()),
            .failure(PipelineError(.timedOut, origin: .upstream, status: 504, message: "x")),
        ])
        let pipeline = Pipeline(
            configuration: PipelineConfiguration(origin: "http://upstream"), routes: Samples.routes,
            transport: transport, logger: Logger(label: "test") { _ in log }, environment: self.time.environment)
        _ = try await pipeline.send(Samples.call("GET /sales", ["note": "private-note"]))
        let login = Samples.call("POST /auth/login", ["email": "who@shop.test", "password": "hunter2"])
        await #expect(throws: PipelineError.self) { try await pipeline.send(login) }
        let text = log.lines.all.joined(separator: "\n")
        #expect(log.lines.all.count == 4 && text.contains("GET /sales") && text.contains("503"))
        for secret in ["secret-token", "private-note", "hunter2", "who@shop.test"] { #expect(!text.contains(secret)) }
    }

    @Test("adds up what a run's calls cost")
    func accounting() throws {
        var accounting = CallAccounting()
        let body = ByteBuffer()
        accounting.count(PipelineReply(status: 200, contentType: nil, body: body, source: .upstream, exchanges: 2))
        accounting.count(PipelineReply(status: 200, contentType: nil, body: body, source: .upstream))
        accounting.count(PipelineReply(status: 200, contentType: nil, body: body, source: .cache(age: .zero)))
        accounting.count(PipelineReply(status: 200, contentType: nil, body: body, source: .coalesced))
        var error = PipelineError(.timedOut, origin: .upstream, status: 504, message: "x")
        error.exchanges = 3
        accounting.count(error)
        #expect(accounting.asked == 5 && accounting.fromCache == 1 && accounting.coalesced == 1)
        #expect(accounting.sent == 6 && accounting.failed == 1)
        #expect("\(error)" == "upstream: timedOut: x")
    }
}
