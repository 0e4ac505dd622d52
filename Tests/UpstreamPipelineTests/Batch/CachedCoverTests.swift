import BiteTrack
import DemoAPI
import JSON
import Logging
import NIOCore
import Synchronization
import Testing
import TokenVault

@testable import UpstreamPipeline

/// Reads answered from larger kept ones: the same bytes as the API's own, and no request.
struct CachedCoverTests {
    private func pipeline(_ transport: DemoTransport) -> Pipeline {
        var configuration = PipelineConfiguration(origin: "http://demo.test")
        configuration.rateLimit = 1_000_000
        configuration.batchWindow = .zero
        let pipeline = Pipeline(
            configuration: configuration, routes: BiteTrackRoutes.table, transport: transport,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: ManualTime().environment)
        pipeline.liftQuota()
        return pipeline
    }

    private func demo() -> DemoTransport {
        var configuration = DemoConfiguration()
        configuration.rateLimit = 1_000_000
        return DemoTransport(configuration)
    }

    @Test("random smaller pages and shorter periods of what is kept are the API's own answers", arguments: 0..<12)
    func asAlone(seed: UInt64) async throws {
        var random = SplitMix(seed: seed)
        let demo = self.demo()
        let token = try await demo.login()
        func send(_ pipeline: Pipeline, _ arguments: JSONObject) async throws -> PipelineReply {
            try await pipeline.send(
                PipelineCall(route: "GET /sales", arguments: arguments, session: "s", token: Secret(token)))
        }
        let (kept, alone) = (self.pipeline(demo), self.pipeline(demo))
        func day(_ offset: Int) -> String { DateText.text(ofDay: Self.today - offset) }
        // Wholes that later reads may lie in.
        let field = Bool.random(using: &random) ? "createdAt" : "updatedAt"
        var whole: JSONObject = ["limit": 100]
        if Bool.random(using: &random) { whole["settled"] = .bool(Bool.random(using: &random)) }
        let (first, last) = (Int.random(in: 4...9, using: &random), Int.random(in: 0...2, using: &random))
        if Bool.random(using: &random) {
            (whole["startDate"], whole["endDate"]) = (.string(day(first)), .string(day(last)))
            if field == "updatedAt" { whole["dateField"] = .string(field) }
        }
        let sorts = ["-createdAt", "createdAt", "-updatedAt", "totalAmount"]
        if Bool.random(using: &random) { whole["sort"] = .string(sorts.randomElement(using: &random) ?? "createdAt") }
        _ = try await send(kept, whole)
        var free = 0
        for _ in 0..<40 {
            var part = whole
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                part["limit"] = JSONValue(Int.random(in: 1...100, using: &random))
                part["page"] = JSONValue(Int.random(in: 1...6, using: &random))
            case 1:
                let start = Int.random(in: 0...10, using: &random)
                part["startDate"] = .string(day(start))
                part["endDate"] = .string(day(Int.random(in: 0...start, using: &random)))
                part["limit"] = JSONValue(Int.random(in: 1...100, using: &random))
            default:
                part["startDate"] = .string(day(Int.random(in: 0...10, using: &random)))
                part["page"] = JSONValue(Int.random(in: 1...3, using: &random))
                part["limit"] = 20
            }
            let got = try await send(kept, part)
            alone.clearCache(session: "s")
            let wanted = try await send(alone, part)
            #expect(got.body == wanted.body, "\(JSONValue.object(whole).text) \(JSONValue.object(part).text)")
            if got.exchanges == 0 { free += 1 }
        }
        #expect(free > 0)
    }

    private static let today = DateText.day(DateText.canonical(Self.now) ?? "") ?? 0
    private static var now: String {
        let seconds = PipelineEnvironment.system.epoch()
        return DateText.text(ofDay: seconds / 86_400)
    }

    @Test("a page of ten, the rest of a customer's sales and one day cost nothing once a hundred are kept")
    func free() async throws {
        let demo = self.demo()
        let token = try await demo.login()
        let pipeline = self.pipeline(demo)
        func send(_ route: String, _ arguments: JSONObject) async throws -> PipelineReply {
            try await pipeline.send(
                PipelineCall(route: route, arguments: arguments, session: "s", token: Secret(token)))
        }
        let week: JSONObject = [
            "startDate": .string(DateText.text(ofDay: Self.today - 6)),
            "endDate": .string(DateText.text(ofDay: Self.today)), "limit": 100,
        ]
        let whole = try JSONValue(parsing: Array(try await send("GET /sales", week).body.readableBytesView))
        #expect((whole["pagination"]?["totalSales"]?.intValue ?? 101) <= 100)
        let customers = try await send("GET /customers", [:])
        let customer = try #require(
            JSONValue(parsing: Array(customers.body.readableBytesView)).arrayValue?.first?["id"])
        _ = try await send("GET /customers/{id}/transactions", ["id": customer, "limit": 100])
        let before = demo.asked.count
        for day in 0..<7 {
            let text = JSONValue(DateText.text(ofDay: Self.today - day))
            let reply = try await send("GET /sales", ["startDate": text, "endDate": text])
            guard case .cache = reply.source else {
                Issue.record("\(reply.source)")
                continue
            }
            #expect(reply.exchanges == 0)
        }
        _ = try await send("GET /customers/{id}/transactions", ["id": customer])
        _ = try await send("GET /customers/{id}/transactions", ["id": customer, "page": 3, "limit": 40])
        #expect(demo.asked.count == before)
        // Another token has nothing to take from.
        _ = try await pipeline.send(
            PipelineCall(
                route: "GET /sales", arguments: ["limit": 5, "startDate": week["startDate"] ?? .null], session: "other",
                token: Secret(token)))
        #expect(demo.asked.count == before + 1)
    }

    @Test("a write leaves nothing to take parts from")
    func stale() async throws {
        let demo = self.demo()
        let token = try await demo.login()
        let pipeline = self.pipeline(demo)
        let call = PipelineCall(route: "GET /sales", arguments: ["limit": 100], session: "s", token: Secret(token))
        _ = try await pipeline.send(call)
        pipeline.state.withLock { $0.invalidate(["sales"]) }
        let before = demo.asked.count
        _ = try await pipeline.send(
            PipelineCall(route: "GET /sales", arguments: ["limit": 10], session: "s", token: Secret(token)))
        #expect(demo.asked.count == before + 1)
    }
}
