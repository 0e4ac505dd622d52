import CodeSandbox
import NIOCore
import Testing
import TokenVault
import UpstreamPipeline

@testable import BiteTrack

struct RunDecisionTests {
    @Test("a bucket gives a minute's worth at once, then refills evenly")
    func bucket() {
        var bucket = RunBucket(perMinute: 10, now: .seconds(100))
        for _ in 0..<10 { #expect(bucket.take(at: .seconds(100)) == nil) }
        #expect(bucket.take(at: .seconds(100)) == .seconds(6))
        #expect(bucket.take(at: .seconds(103)) == .seconds(3))
        #expect(bucket.take(at: .seconds(106)) == nil)
        #expect(bucket.take(at: .seconds(106)) != nil)
        for _ in 0..<10 { #expect(bucket.take(at: .seconds(10_000)) == nil) }
        #expect(bucket.take(at: .seconds(10_000)) != nil)
    }

    @Test("a clock that goes back gives nothing away")
    func backwards() {
        var bucket = RunBucket(perMinute: 1, now: .seconds(100))
        #expect(bucket.take(at: .seconds(100)) == nil)
        #expect(bucket.take(at: .seconds(10)) == .seconds(60))
        #expect(bucket.take(at: .seconds(130)) == .seconds(30))
    }

    @Test("printed lines are told as far as they fit, the others counted")
    func consoleExcerpt() {
        var excerpt = ConsoleExcerpt()
        #expect(excerpt.take() == nil)
        excerpt.add(ConsoleLine(level: .log, text: "a secret"), redact: { $0.replacing("secret", with: "-") })
        excerpt.add(ConsoleLine(level: .error, text: "b"), redact: { $0 })
        #expect(excerpt.take() == "a -\nerror: b")
        #expect(excerpt.take() == nil)
        for _ in 0..<1000 {
            excerpt.add(ConsoleLine(level: .log, text: String(repeating: "é", count: 50)), redact: { $0 })
        }
        let many = excerpt.take() ?? ""
        #expect(many.utf8.count <= ConsoleExcerpt.maximumBytes && many.hasSuffix("é …\n(995 more lines)"), "\(many)")
        excerpt.add(ConsoleLine(level: .log, text: String(repeating: "x", count: 100_000)), redact: { $0 })
        excerpt.add(ConsoleLine(level: .log, text: "y"), redact: { $0 })
        let long = excerpt.take() ?? ""
        #expect(long.utf8.count <= ConsoleExcerpt.maximumBytes && long.hasSuffix("xx …\n(1 more line)"), "\(long)")
    }

    @Test("no limit never refuses")
    func unlimited() {
        var bucket = RunBucket(perMinute: 0, now: .zero)
        for _ in 0..<1000 { #expect(bucket.take(at: .zero) == nil) }
    }

    private static func ledger(_ upstream: Int, _ cached: Int, _ coalesced: Int) -> RunLedger {
        var ledger = RunLedger()
        let sources =
            Array(repeating: PipelineReply.Source.upstream, count: upstream)
            + Array(repeating: .cache(age: .zero), count: cached) + Array(repeating: .coalesced, count: coalesced)
        for source in sources {
            ledger.record("GET /sales", PipelineReply(status: 200, contentType: nil, body: .init(), source: source))
        }
        return ledger
    }

    @Test(
        "the cost line says what was paid and what is left",
        arguments: [
            (2, 1, 0, 87, 700, 41.0, "cost: 2 upstream calls, 1 from cache · 87 of 100 left, resets in 12 min · 41 ms"),
            (1, 0, 0, 99, 900, 1.2, "cost: 1 upstream call · 99 of 100 left, resets in 15 min · 2 ms"),
            (0, 3, 0, 98, 90, 5, "cost: no upstream calls (3 from cache) · 98 of 100 left, resets in 90 s · 5 ms"),
            (0, 1, 2, 100, 0, 5, "cost: no upstream calls (1 from cache, 2 shared) · 5 ms"),
            (0, 0, 0, 100, 0, 1500, "cost: no upstream calls · 2 s"),
            (1, 0, 3, 0, 5, 12_000, "cost: 1 upstream call, 3 shared · 0 of 100 left, resets in 5 s · 12 s"),
        ])
    func cost(
        upstream: Int, cached: Int, coalesced: Int, remaining: Int, resets: Int, milliseconds: Double, expected: String
    ) {
        let line = CostLine(
            ledger: Self.ledger(upstream, cached, coalesced),
            budget: Budget(limit: 100, remaining: remaining, resetsIn: .seconds(resets)),
            duration: .milliseconds(milliseconds))
        #expect(line.text == expected)
        #expect(line.text.utf8.count / 4 <= 40)
    }

    @Test("a failed call costs what was sent for it", arguments: [(0, "notFound"), (1, "404"), (3, "404")])
    func ledgerErrors(exchanges: Int, result: String) {
        var error = PipelineError(.notFound, origin: .caller, status: 404, message: "m")
        error.exchanges = exchanges
        var ledger = RunLedger()
        ledger.record("GET /sales", error)
        #expect(ledger.upstream == exchanges)
        #expect(ledger.asked == 1)
        #expect(ledger.entries.first?.result == result)
    }

    @Test("a ledger keeps a few entries and counts the rest")
    func ledgerBound() {
        let ledger = Self.ledger(20, 20, 0)
        #expect(ledger.entries.count == RunLedger.mostEntries)
        #expect(ledger.asked == 40)
    }

    private static let user = Identity(userID: "u", name: "Demo User", role: "user", expiresAt: 1000)

    @Test(
        "a route is open to whom it should be",
        arguments: [
            ("GET /health", nil, 0, nil), ("GET /sales", user, 999, nil),
            ("GET /sales", nil, 0, .notLoggedIn), ("GET /sales", user, 1000, .notLoggedIn),
            ("GET /inventory-drops", user, 0, .forbidden), ("GET /sellers/pending", user, 0, .forbidden),
        ] as [(String, Identity?, Int, PipelineError.Code?)])
    func access(id: String, identity: Identity?, now: Int, expected: PipelineError.Code?) throws {
        let route = try #require(BiteTrackRoutes.table[id])
        let problem = AccessCheck.problem(with: route, identity: identity, now: now)
        #expect(problem?.code == expected)
        if expected == .forbidden { #expect(problem?.message.contains("logged in as user") == true) }
        if expected == .notLoggedIn { #expect(problem?.hint?.contains("login(") == true) }
    }

    @Test("text is cut at a character's end")
    func trimming() {
        #expect(TrimmedText("aéé", maximumBytes: 4).text == "aé")
        #expect(TrimmedText("aéé", maximumBytes: 4).wholeBytes == 5)
        #expect(TrimmedText("aéé", maximumBytes: 5).wholeBytes == nil)
        #expect(TrimmedText("é", maximumBytes: 0).text.isEmpty)
    }

    @Test("an excerpt puts the caret under the place")
    func excerpt() {
        #expect(SourceExcerpt.text(line: "\tlet x = ;", column: 10) == "   let x = ;\n           ^")
        #expect(SourceExcerpt.text(line: "abc", column: nil) == "  abc")
        #expect(SourceExcerpt.text(line: "abc", column: 99) == "  abc")
    }

    @Test("an excerpt of a very long line shows the part that matters")
    func longExcerpt() {
        let line = String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)
        let parts = SourceExcerpt.text(line: line, column: 5001).split(separator: "\n")
        #expect(parts.count == 2 && parts[0].count < 140)
        let caret = parts[1].count - 1
        #expect(Array(parts[0])[caret] == "X")
        #expect(SourceExcerpt.text(line: line, column: nil).count < 140)
    }
}
