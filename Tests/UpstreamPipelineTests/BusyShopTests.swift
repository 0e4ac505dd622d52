import BiteTrack
import DemoAPI
import JSON
import Logging
import NIOCore
import TestSupport
import Testing
import TokenVault

@testable import UpstreamPipeline

/// A hundred busy sessions on the budget of one: the promise the pipeline is made for.
@Suite(.timeLimit(.minutes(2)))
struct BusyShopTests {
    @Test("a hundred sessions ask for ten minutes: no 429, twenty answers for each request, and nobody without any")
    func hundredSessions() async throws {
        let time = ManualTime()
        let start = time.now
        var demo = DemoConfiguration()
        demo.now = { Timestamp(milliseconds: 1_700_000_000_000 + Int((time.now - start) / .milliseconds(1))) }
        let transport = DemoTransport(demo)
        let token = Secret(try await transport.login())
        var configuration = PipelineConfiguration(origin: "http://upstream")
        configuration.healthRoute = BiteTrackRoutes.databaseHealth
        let pipeline = Pipeline(
            configuration: configuration, routes: BiteTrackRoutes.table, transport: transport,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: time.environment)
        let clock = Task {
            while !Task.isCancelled {
                // Time passes while nobody has anything to do.
                try await Task.sleep(for: .milliseconds(1))
                time.advance(by: max(.milliseconds(100), min(time.nextAlarm ?? .zero, .seconds(1))))
            }
        }
        defer { clock.cancel() }
        let agent = Agent(
            pipeline: pipeline, time: time, token: token, ids: try await Self.customerIDs(), end: start + .seconds(600))
        let counts = await withTaskGroup { group in
            for session in 0..<100 { group.addTask { await agent.work(session) } }
            var counts: [Int] = []
            for await count in group { counts.append(count) }
            return counts
        }
        let (total, sent) = (counts.reduce(0, +), transport.asked.count)
        #expect(transport.tooManyRequests == 0 && transport.api.dangerousRequests == 0)
        #expect(sent <= 100 && total >= 20 * sent)
        // One request of the hundred was the login, and five are kept for changes.
        #expect(counts.filter { $0 > 0 }.count >= 94)
    }

    /// From a twin of the same seed and time, so that reading them costs nothing of the budget.
    private static func customerIDs() async throws -> [String] {
        var demo = DemoConfiguration()
        demo.now = { Timestamp(milliseconds: 1_700_000_000_000) }
        let twin = DemoTransport(demo)
        let list = try await twin.exchange(
            TransportRequest(method: "GET", target: "/api/v2/customers", token: Secret(try await twin.login())))
        let customers = try JSONValue(parsing: Array(list.body.readableBytesView)).arrayValue ?? []
        return customers.compactMap { $0["id"]?.stringValue }
    }
}

/// One session's agent: run after run, with pauses to think.
private struct Agent {
    let pipeline: Pipeline
    let time: ManualTime
    let token: Secret<String>
    let ids: [String]
    let end: ContinuousClock.Instant

    /// - Returns: how many of its questions were answered.
    func work(_ session: Int) async -> Int {
        var (random, answered) = (SplitMix(seed: UInt64(session)), 0)
        while self.time.now < self.end {
            let calls = self.run(session)
            answered += await withTaskGroup { group in
                for call in calls { group.addTask { (try? await self.pipeline.send(call)) == nil ? 0 : 1 } }
                return await group.reduce(0, +)
            }
            try? await self.time.environment.alarm(.seconds(Int.random(in: 5...25, using: &random)))
        }
        return answered
    }

    /// Forty customers by id at the same time.
    private func run(_ session: Int) -> [PipelineCall] {
        (0..<40).map { number in
            PipelineCall(
                route: "GET /customers/{id}", arguments: ["id": .init(self.ids[(session + number) % self.ids.count])],
                session: "s\(session)", token: self.token)
        }
    }
}
