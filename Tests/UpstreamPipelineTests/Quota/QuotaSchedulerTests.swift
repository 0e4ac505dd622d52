import Testing

@testable import UpstreamPipeline

/// Who gets the next request, by a clock that moves by hand and an upstream that counts.
struct QuotaSchedulerTests {
    private let start = ContinuousClock.now

    private func scheduler(limit: Int = 1000, reserve: Int = 5) -> QuotaScheduler {
        QuotaScheduler(QuotaScheduler.Settings(limit: limit, window: .seconds(900), reserve: reserve))
    }

    private func report(_ remaining: Int, limit: Int = 100, in seconds: Int = 900) -> WindowReport {
        WindowReport(limit: limit, remaining: remaining, resetEpoch: 1, resetsIn: .seconds(seconds))
    }

    /// A scheduler that knows its window.
    private func informed(_ remaining: Int, in seconds: Int = 900) throws -> QuotaScheduler {
        var quota = self.scheduler()
        guard case .granted(let ticket) = quota.window.reserve(now: self.start) else { return quota }
        quota.window.answered(ticket, report: self.report(remaining, in: seconds), now: self.start)
        return quota
    }

    private func ask(
        _ quota: inout QuotaScheduler, _ session: String, _ priority: PipelineCall.Priority = .interactive,
        for patience: Duration = .seconds(8), at time: Duration = .zero
    ) -> QuotaScheduler.Outcome? {
        let id = quota.newID()
        quota.join(id, bucket: .init(name: session), priority: priority, deadline: self.start + time + patience)
        return quota.decide(now: self.start + time).outcomes.first { $0.id == id }?.outcome
    }

    @Test("the last of a window are for changes and logins, and the background has less than others")
    func reserve() throws {
        var quota = try self.informed(6)
        #expect(self.ask(&quota, "a", .background)?.isRefused == true)
        #expect(self.ask(&quota, "a")?.isRefused == false)
        #expect(self.ask(&quota, "b", for: .zero)?.isRefused == true)
        for _ in 0..<5 { #expect(self.ask(&quota, "a", .write)?.isRefused == false) }
        #expect(self.ask(&quota, "a", .write, for: .zero)?.isRefused == true)
    }

    @Test("a call waits when its turn comes in time, and is refused at once, with the time, when it does not")
    func deadlines() throws {
        var quota = try self.informed(5, in: 10)
        #expect(self.ask(&quota, "a", for: .seconds(11)) == nil && quota.waitingCount == 1)
        guard case .failure(let error) = self.ask(&quota, "b", for: .seconds(9)) else {
            Issue.record("nothing can come in time")
            return
        }
        #expect(error.code == .rateLimited && error.retryAfter == .seconds(10) && quota.waitingCount == 1)
        let (nothing, next) = quota.decide(now: self.start + .seconds(5))
        #expect(nothing.isEmpty && next == self.start + .seconds(10))
        let later = quota.decide(now: self.start + .seconds(10))
        #expect(later.outcomes.count == 1 && later.outcomes.first?.outcome.isRefused == false)
    }

    @Test("one session cannot take the whole window from those who have not asked yet; at its end nothing is left over")
    func newcomers() throws {
        var quota = try self.informed(99)
        var had = 0
        while self.ask(&quota, "greedy", for: .zero)?.isRefused == false { had += 1 }
        #expect(had >= 70 && had <= 80)
        var others = 0
        for number in 0..<100 where self.ask(&quota, "s\(number)", for: .zero)?.isRefused == false { others += 1 }
        #expect(others == 94 - had)

        var alone = try self.informed(99)
        had = 0
        for second in stride(from: 0, to: 900, by: 5) {
            if self.ask(&alone, "greedy", for: .zero, at: .seconds(second))?.isRefused == false { had += 1 }
        }
        #expect(had >= 93)
    }

    @Test("among those who wait, whoever had least goes first")
    func fairness() throws {
        var quota = try self.informed(5, in: 10)
        for number in 0..<30 {
            let id = quota.newID()
            quota.join(
                id, bucket: .init(name: number < 20 ? "many" : "few\(number)"), priority: .interactive,
                deadline: self.start + .seconds(60))
        }
        #expect(quota.decide(now: self.start).outcomes.isEmpty)
        let opened = quota.decide(now: self.start + .seconds(10)).outcomes
        guard case .success(let ticket)? = opened.first?.outcome else {
            Issue.record("one request opens the window")
            return
        }
        quota.window.answered(
            ticket, report: WindowReport(limit: 100, remaining: 16, resetEpoch: 2, resetsIn: .seconds(900)),
            now: self.start + .seconds(10))
        let granted = quota.decide(now: self.start + .seconds(10)).outcomes.filter { !$0.outcome.isRefused }
        // Eleven sessions, eleven requests: one each, the one that opened the window included.
        #expect(Set(granted.map(\.id)).isSuperset(of: Set(21...30)) && granted.count == 11)
    }

    @Test(
        "whatever happens, no window is overspent, nobody waits past their deadline and nobody starves",
        arguments: 1...12)
    func neverOverspent(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var upstream = CountingUpstream(limit: 40, length: .seconds(60))
        var file: (snapshot: UpstreamWindow.Snapshot, at: Duration)?
        var quota = self.scheduler(limit: 40)
        var (time, underWay, waiting) = (
            Duration.zero, [(UpstreamWindow.Ticket, WindowReport?)](), [Int: (String, Duration)]()
        )
        var granted: [String: Int] = [:]
        var asked: [String: Int] = [:]
        for _ in 0..<6000 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0:
                // The process dies: what was under way is counted upstream and never heard of.
                quota = self.scheduler(limit: 40)
                if let file, case var snapshot = file.snapshot {
                    snapshot.resetsIn -= time - file.at
                    quota.window.restore(snapshot, now: self.start + time)
                }
                (underWay, waiting) = ([], [:])
            case 1..<45:
                let session = "s\(Int.random(in: 0..<8, using: &random))"
                let deadline = time + .seconds(Int.random(in: 0...90, using: &random))
                let id = quota.newID()
                quota.join(
                    id, bucket: .init(name: session),
                    priority: [.background, .interactive, .write].randomElement(using: &random) ?? .write,
                    deadline: self.start + deadline)
                waiting[id] = (session, deadline)
                asked[session, default: 0] += 1
            case 45..<75:
                guard !underWay.isEmpty else { break }
                let (ticket, report) = underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
                if let report {
                    quota.window.answered(ticket, report: report, now: self.start + time)
                } else {
                    quota.window.lost(ticket, wasSent: true)
                }
            default: time += .milliseconds(Int.random(in: 0...900, using: &random))
            }
            let (outcomes, next) = quota.decide(now: self.start + time)
            for (id, outcome) in outcomes {
                guard let (session, deadline) = waiting.removeValue(forKey: id) else { continue }
                guard case .success(let ticket) = outcome else { continue }
                #expect(time <= deadline)
                granted[session, default: 0] += 1
                if let snapshot = quota.window.snapshot(now: self.start + time) { file = (snapshot, time) }
                let report = upstream.count(at: time)
                try #require(report != nil, "a 429 at \(time)")
                underWay.append((ticket, Int.random(in: 0..<20, using: &random) == 0 ? nil : report))
            }
            if !waiting.isEmpty { #expect(next != nil) }
            #expect(quota.waitingCount == waiting.count)
        }
        #expect(upstream.windows > 10 && upstream.counted > upstream.windows * 15)
        // Eight sessions that ask alike get about alike.
        let shares = (0..<8).map { granted["s\($0)"] ?? 0 }
        #expect((shares.min() ?? 0) * 2 > (shares.max() ?? 0), "\(shares)")
    }
}

extension QuotaScheduler.Outcome {
    fileprivate var isRefused: Bool { if case .failure = self { true } else { false } }
}

/// The upstream's limiter: a window of fixed length that starts with the first request after the last one ended.
private struct CountingUpstream {
    let limit: Int
    let length: Duration
    private var end: Duration?
    private var used = 0
    private(set) var counted = 0
    private(set) var windows = 0

    init(limit: Int, length: Duration) {
        self.limit = limit
        self.length = length
    }

    /// nil is a 429.
    mutating func count(at time: Duration) -> WindowReport? {
        if self.end.map({ $0 <= time }) ?? true {
            (self.end, self.used) = (time + self.length, 0)
            self.windows += 1
        }
        self.used += 1
        self.counted += 1
        guard self.used <= self.limit, let end = self.end else { return nil }
        return WindowReport(
            limit: self.limit, remaining: self.limit - self.used, resetEpoch: Int(end / .milliseconds(1)),
            resetsIn: end - time)
    }
}
