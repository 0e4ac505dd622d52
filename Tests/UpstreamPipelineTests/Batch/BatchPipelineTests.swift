import BiteTrack
import DemoAPI
import JSON
import Logging
import NIOCore
import TestSupport
import Testing
import TokenVault

@testable import UpstreamPipeline

/// Reads asked for together, through the whole pipeline.
@Suite(.timeLimit(.minutes(1)))
struct BatchPipelineTests {
    private let time = ManualTime()

    private func pipeline(_ transport: any Transport, _ routes: RouteTable = BiteTrackRoutes.table) -> Pipeline {
        Pipeline(
            configuration: PipelineConfiguration(origin: "http://upstream"), routes: routes, transport: transport,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: self.time.environment)
    }

    private func demo() async throws -> (DemoTransport, token: String) {
        var configuration = DemoConfiguration()
        configuration.rateLimit = 10_000
        configuration.now = { Timestamp(milliseconds: 1_750_000_000_000) }
        let transport = DemoTransport(configuration)
        return (transport, try await transport.login())
    }

    /// Sends all calls at once and lets the time to wait for others pass.
    private func together(_ calls: [PipelineCall], _ pipeline: Pipeline) async -> [Result<PipelineReply, any Error>] {
        let asked = pipeline.counters.asked
        let tasks = calls.map { call in Task { try await pipeline.send(call) } }
        await eventually { pipeline.counters.asked == asked + calls.count }
        var results: [Result<PipelineReply, any Error>] = []
        let clock = Task {
            while !Task.isCancelled {
                self.time.advance(by: .milliseconds(3))
                try await Task.sleep(for: .milliseconds(3))
            }
        }
        for task in tasks { results.append(await task.result) }
        clock.cancel()
        return results
    }

    @Test("a hundred reads by id are one request, also from several pages of the list only as many as hold them")
    func byID() async throws {
        let (transport, token) = try await self.demo()
        let pipeline = self.pipeline(transport)
        let list = try await pipeline.send(Samples.call("GET /customers", token: token))
        let customers = try #require(try JSONValue(parsing: Array(list.body.readableBytesView)).arrayValue)
        pipeline.clearCache(session: "s1")
        let before = transport.asked.count
        let calls = (0..<100).map { number in
            let id = customers[number % customers.count]["id"]?.stringValue ?? ""
            return Samples.call("GET /customers/{id}", ["id": .init(id.uppercased())], token: token)
        }
        let replies = try await self.together(calls, pipeline).map { try $0.get() }
        #expect(transport.asked.count == before + 1)
        for (number, reply) in replies.enumerated() {
            let element = try JSONValue(parsing: Array(reply.body.readableBytesView))
            #expect(element == customers[number % customers.count])
        }
        #expect(replies.filter { $0.exchanges > 0 }.count == 1)
        let missing = await #expect(throws: PipelineError.self) {
            try await pipeline.send(Samples.call("GET /customers/{id}", ["id": .init(Samples.id)], token: token))
        }
        #expect(missing?.code == .notFound && missing?.status == 404 && missing?.exchanges == 0)
        #expect(transport.asked.count == before + 1)
    }

    @Test("a list in pages is read no further than the last element wanted")
    func pagedList() async throws {
        let list = Route(
            "GET", "/things", summary: "Things.",
            parameters: [
                Parameter("page", .query, .integer(1...100)), Parameter("limit", .query, .integer(1...100)),
            ], timeToLive: .seconds(60), groups: ["things"])
        let one = Route(
            "GET", "/things/{id}", summary: "Thing.", parameters: [Parameter("id", .path, .objectID, required: true)],
            pick: Pick(from: "GET /things", noun: "thing", pages: Pick.Pages(items: "things", limit: 2)))
        let pages = [["a1", "a2"], ["a3", "a4"], ["a5"]].enumerated().map { number, ids in
            let things = ids.map { #"{"id":"64b0000000000000000000\#($0)"}"# }.joined(separator: ",")
            return Samples.response(200, #"{"things":[\#(things)],"pagination":{"hasNextPage":\#(number < 2)}}"#)
        }
        for (wanted, requests) in [(["a1"], 1), (["a3", "a1", "a4"], 2), (["a5"], 3), (["ff"], 3)] {
            let transport = ScriptedTransport(pages.map { .success($0) })
            let pipeline = self.pipeline(transport, RouteTable([list, one]))
            let calls = wanted.map {
                Samples.call("GET /things/{id}", ["id": .init("64b0000000000000000000\($0)")])
            }
            let replies = await self.together(calls, pipeline)
            #expect(transport.requests.count == requests)
            #expect(replies.allSatisfy { (try? $0.get()) != nil } == (wanted != ["ff"]))
        }
    }

    @Test("pages and days asked for together are the same answers for fewer requests")
    func merged() async throws {
        let (transport, token) = try await self.demo()
        let pipeline = self.pipeline(transport)
        let pages = (1...10).map { Samples.call("GET /sales", ["page": .init($0), "limit": 10], token: token) }
        let today = 1_750_000_000 / 86_400
        let days = (0..<7).map {
            let day = JSONValue(DateText.text(ofDay: today - $0))
            return Samples.call("GET /sales", ["startDate": day, "endDate": day, "limit": 50], token: token)
        }
        let before = transport.asked.count
        let replies = try await self.together(pages + days, pipeline).map { try $0.get() }
        #expect(transport.asked.count == before + 2)
        #expect(replies.map(\.exchanges).reduce(0, +) == 2)
        #expect(replies.filter { $0.source == .batched }.count == 15 && pipeline.counters.batched == 15)
        for (call, reply) in zip(pages + days, replies) {
            let target = try BiteTrackRoutes.table.resolve(call, prefix: "/api/v2").target
            let alone = try await transport.exchange(
                TransportRequest(method: "GET", target: target, token: Secret(token)))
            #expect(String(buffer: alone.body) == String(buffer: reply.body))
        }
        // Each part is kept as if it had been asked for alone.
        let again = try await pipeline.send(pages[3])
        guard case .cache = again.source else {
            Issue.record("\(again.source)")
            return
        }
    }

    @Test("days that do not fit one page are asked for again, and each read still has its own answer")
    func tooMuch() async throws {
        var configuration = DemoConfiguration()
        configuration.rateLimit = 10_000
        configuration.variant = .large
        configuration.now = { Timestamp(milliseconds: 1_750_000_000_000) }
        let transport = DemoTransport(configuration)
        let token = try await transport.login()
        let pipeline = self.pipeline(transport)
        let today = 1_750_000_000 / 86_400
        let calls = (1...4).map {
            let day = JSONValue(DateText.text(ofDay: today - $0))
            return Samples.call("GET /sales", ["startDate": day, "endDate": day, "limit": 1], token: token)
        }
        let before = transport.asked.count
        let replies = try await self.together(calls, pipeline).map { try $0.get() }
        #expect(transport.asked.count - before <= calls.count + 1)
        let totals = try replies.map {
            try JSONValue(parsing: Array($0.body.readableBytesView))["pagination"]?["totalSales"]?.intValue ?? 0
        }
        #expect(totals.reduce(0, +) > 100 && totals.allSatisfy { $0 > 0 })
        // Now that it is known how much there is, nothing is tried in vain.
        pipeline.clearCache(session: "s1")
        let second = transport.asked.count
        _ = await self.together(calls, pipeline)
        #expect(transport.asked.count - second <= calls.count)
    }

    @Test("an error of a merged request is each read's own, and one about what was asked sends them one by one")
    func errors() async throws {
        let calls = (1...3).map { Samples.call("GET /sales", ["page": .init($0), "limit": 10]) }
        let denied = ScriptedTransport([.success(Samples.response(403, #"{"message":"No"}"#))])
        let refused = await self.together(calls, self.pipeline(denied))
        #expect(
            refused.allSatisfy { result in
                if case .failure(let error as PipelineError) = result { error.code == .forbidden } else { false }
            })
        #expect(denied.requests.count == 1)

        let page = #"{"sales":[],"pagination":{"currentPage":1,"totalPages":0,"totalSales":0,"limit":10}}"#
        let picky = ScriptedTransport([
            .success(Samples.response(400, #"{"message":"limit"}"#)), .success(Samples.response(200, page)),
        ])
        let answered = await self.together(calls, self.pipeline(picky))
        #expect(answered.allSatisfy { (try? $0.get()) != nil } && picky.requests.count == 4)
    }

    @Test("reads of different sessions, or of different tokens, never share a request")
    func principals() async throws {
        let pipeline = self.pipeline(EchoPages())
        var calls: [PipelineCall] = []
        for session in ["a", "b", "c"] {
            for page in 1...4 {
                calls.append(
                    Samples.call("GET /sales", ["page": .init(page), "limit": 10], session: session, token: session))
            }
        }
        let replies = try await self.together(calls, pipeline).map { try $0.get() }
        #expect(pipeline.counters.sent == 3)
        for (call, reply) in zip(calls, replies) {
            let sales = try JSONValue(parsing: Array(reply.body.readableBytesView))["sales"]?.arrayValue
            #expect(sales == (call.arguments["page"] == 1 ? [JSONValue(call.session)] : []))
        }
    }

    @Test("callers who give up take nothing from the others")
    func cancelled() async throws {
        let transport = ScriptedTransport([
            .success(
                Samples.response(
                    200, #"{"sales":[1,2],"pagination":{"currentPage":1,"totalPages":1,"totalSales":2,"limit":20}}"#))
        ])
        let pipeline = self.pipeline(transport)
        let tasks = (1...2).map { page in
            Task { try await pipeline.send(Samples.call("GET /sales", ["page": .init(page), "limit": 10])) }
        }
        await eventually { self.time.alarmCount >= 1 && pipeline.counters.asked == 2 }
        tasks[0].cancel()
        let error = await #expect(throws: PipelineError.self) { try await tasks[0].value }
        #expect(error?.status == 499)
        self.time.advance(by: .milliseconds(3))
        #expect(try await tasks[1].value.status == 200)
        #expect(transport.requests.count == 1)
    }
}

/// Answers any page with the token it was asked with.
private struct EchoPages: Transport {
    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        let token = request.token?.reveal { $0 } ?? ""
        return Samples.response(
            200, #"{"sales":["\#(token)"],"pagination":{"currentPage":1,"totalPages":1,"totalSales":1,"limit":40}}"#)
    }
}
