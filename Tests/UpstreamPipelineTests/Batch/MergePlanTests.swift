import BiteTrack
import DemoAPI
import JSON
import NIOCore
import Testing
import TokenVault

@testable import UpstreamPipeline

/// What shares a request, and that it changes nothing but the number of requests.
struct MergePlanTests {
    private static let routes = BiteTrackRoutes.table
    private static let token = Secret("token")

    private static func requests(_ arguments: [JSONObject]) throws -> [ResolvedRequest] {
        try arguments.map {
            try Self.routes.resolve(
                PipelineCall(route: "GET /sales", arguments: $0, session: "s", token: Self.token), prefix: "/api/v2")
        }
    }

    private static func plan(_ arguments: [JSONObject], perDay: Double? = nil) throws -> [MergePlan.Fetch] {
        let reads = try Self.requests(arguments).compactMap(ListRead.init)
        return MergePlan(maximumLimit: 100, elementsPerDay: perDay).fetches(for: reads)
    }

    @Test(
        "pages side by side become the fewest pages",
        arguments: [
            ([(1, 25), (2, 25), (3, 25), (4, 25)], [MergePlan.Fetch.pages([0, 1, 2, 3], page: 1, limit: 100)]),
            ([(2, 10), (3, 10)], [.pages([0, 1], page: 1, limit: 30)]),
            ([(3, 20), (4, 20)], [.pages([0, 1], page: 2, limit: 40)]),
            ([(1, 100), (2, 100)], [.alone(0), .alone(1)]),
            ([(1, 50), (2, 50), (3, 50)], [.pages([0, 1], page: 1, limit: 100), .alone(2)]),
            ([(1, 1), (1, 50)], [.pages([0, 1], page: 1, limit: 50)]),
            // No page of up to 100 holds 50 to 150.
            ([(2, 50), (3, 50)], [.alone(0), .alone(1)]),
        ] as [([(Int, Int)], [MergePlan.Fetch])])
    func pages(asked: [(Int, Int)], expected: [MergePlan.Fetch]) throws {
        #expect(try Self.plan(asked.map { ["page": .init($0.0), "limit": .init($0.1)] }) == expected)
    }

    @Test("days that overlap or touch become one stretch, others do not")
    func days() throws {
        func read(_ start: String, _ end: String) -> JSONObject { ["startDate": .init(start), "endDate": .init(end)] }
        let asked = [
            read("2025-01-03", "2025-01-04"), read("2025-01-01", "2025-01-02"), read("2025-01-04", "2025-01-05"),
            read("2025-01-07", "2025-01-07"),
        ]
        let day = try #require(DateText.day("2025-01-01"))
        #expect(DateText.text(ofDay: day) == "2025-01-01")
        #expect(try Self.plan(asked) == [.days([1, 0, 2], day...day + 4), .alone(3)])
        // Each day is known to hold so much that two do not fit.
        #expect(try Self.plan(asked, perDay: 50) == [.alone(0), .alone(1), .alone(2), .alone(3)])
        // A month is merged when little is known to be in it, and not on a guess.
        let months = [read("2025-01-01", "2025-01-31"), read("2025-02-01", "2025-02-28")]
        #expect(try Self.plan(months) == [.alone(0), .alone(1)])
        #expect(try Self.plan(months, perDay: 1) == [.days([0, 1], day...day + 58)])
    }

    @Test("what differs in a filter, or has no end, is not merged")
    func strangers() throws {
        let asked: [JSONObject] = [
            ["settled": true], ["settled": false], ["sort": "totalAmount"], ["startDate": "2025-01-01"],
            ["startDate": "2025-01-02"],
        ]
        #expect(try Self.plan(asked) == (0..<5).map { .alone($0) })
    }

    @Test("no set of pages takes fewer requests than the plan's", arguments: 1...200)
    func fewest(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let reads = try Self.requests(
            (0..<Int.random(in: 1...5, using: &random)).map { _ in
                let limit = Int.random(in: 1...6, using: &random)
                return ["page": .init(Int.random(in: 1...4, using: &random)), "limit": .init(limit)]
            }
        ).compactMap(ListRead.init)
        let fetches = MergePlan(maximumLimit: 8).fetches(for: reads)
        #expect(fetches.flatMap(\.members).sorted() == Array(reads.indices))
        // Every page of every size, and the smallest number of them that holds all windows.
        let candidates = (1...8).flatMap { limit in (1...24).map { (($0 - 1) * limit, $0 * limit) } }
        let covers = Set(
            candidates.map { start, end in
                reads.indices.reduce(0) { $0 | (reads[$1].offset >= start && reads[$1].end <= end ? 1 << $1 : 0) }
            })
        var (reached, steps) = (Set([0]), 0)
        while !reached.contains((1 << reads.count) - 1) {
            reached = Set(reached.flatMap { set in covers.map { set | $0 } })
            steps += 1
        }
        #expect(fetches.count == steps)
    }

    @Test("whatever is asked for together, each read gets what it would have got alone")
    func sameAnswers() async throws {
        var merged = 0
        var configuration = DemoConfiguration()
        configuration.rateLimit = 1_000_000
        configuration.now = { Timestamp(milliseconds: 1_750_000_000_000) }
        let transport = DemoTransport(configuration)
        let token = try await transport.login()
        for seed in 1...60 { merged += try await self.compare(seed: seed, transport, token) }
        #expect(merged > 60)
    }

    /// - Returns: how many reads were answered by a merged request.
    private func compare(seed: Int, _ transport: DemoTransport, _ token: String) async throws -> Int {
        var random = SplitMix(seed: UInt64(seed))
        let today = 1_750_000_000 / 86_400
        let arguments = (0..<Int.random(in: 2...12, using: &random)).map { _ -> JSONObject in
            var arguments: JSONObject = [:]
            if Bool.random(using: &random) {
                let start = today - Int.random(in: 0...12, using: &random)
                arguments["startDate"] = .init(DateText.text(ofDay: start))
                arguments["endDate"] = .init(DateText.text(ofDay: start + Int.random(in: -1...4, using: &random)))
            }
            if Bool.random(using: &random) { arguments["page"] = .init(Int.random(in: 1...9, using: &random)) }
            if Bool.random(using: &random) { arguments["limit"] = .init(Int.random(in: 1...100, using: &random)) }
            if Int.random(in: 0..<4, using: &random) == 0 { arguments["settled"] = .init(Bool.random(using: &random)) }
            if Int.random(in: 0..<4, using: &random) == 0 {
                arguments["sort"] = .init(
                    ["createdAt", "-createdAt", "-updatedAt"].randomElement(using: &random) ?? "")
            }
            if Int.random(in: 0..<6, using: &random) == 0 { arguments["dateField"] = "updatedAt" }
            return arguments
        }
        let requests = try Self.requests(arguments)
        let reads = requests.compactMap(ListRead.init)
        var merged = 0
        for fetch in MergePlan(maximumLimit: 100, elementsPerDay: 8).fetches(for: reads) where fetch.members.count > 1 {
            let merge = try #require(requests[0].route.merge)
            let whole = try await self.send(fetch.request(for: requests), token, transport)
            let answer = try #require(MergedAnswer(whole, merge: merge))
            for member in fetch.members {
                let part =
                    if case .days(_, let days) = fetch {
                        answer.body(for: reads[member], requests[member], within: days)
                    } else {
                        answer.body(forPage: reads[member])
                    }
                guard let part else { continue }
                merged += 1
                let alone = try await self.send(requests[member], token, transport)
                #expect(String(buffer: part) == String(buffer: alone), "\(requests[member].target)")
            }
        }
        return merged
    }

    private func send(
        _ request: ResolvedRequest, _ token: String, _ transport: DemoTransport
    ) async throws -> ByteBuffer {
        let response = try await transport.exchange(
            TransportRequest(method: "GET", target: request.target, token: Secret(token)))
        #expect(response.status == 200, "\(request.target)")
        return response.body
    }
}
