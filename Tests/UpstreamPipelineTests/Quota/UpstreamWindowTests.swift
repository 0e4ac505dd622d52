import Testing

@testable import UpstreamPipeline

struct UpstreamWindowTests {
    private let start = ContinuousClock.now

    private func report(_ remaining: Int, limit: Int = 10, epoch: Int = 1000, in seconds: Int = 60) -> WindowReport {
        WindowReport(limit: limit, remaining: remaining, resetEpoch: epoch, resetsIn: .seconds(seconds))
    }

    @Test("follows what the upstream says and stops at nothing left")
    func learns() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        #expect(window.budget(now: self.start) == nil)
        window.answered(try window.ticket(self.start), report: self.report(2), now: self.start)
        #expect(window.budget(now: self.start) == Budget(limit: 10, remaining: 2, resetsIn: .seconds(60)))
        window.answered(try window.ticket(self.start), report: self.report(1), now: self.start)
        window.answered(try window.ticket(self.start), report: self.report(0), now: self.start)
        #expect(window.reserve(now: self.start + .seconds(5)) == .refused(retryAfter: .seconds(55)))
        _ = try window.ticket(self.start + .seconds(60))
    }

    @Test("requests under way count before their answers come")
    func inFlight() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(self.start), report: self.report(2), now: self.start)
        let tickets = [try window.ticket(self.start), try window.ticket(self.start)]
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(1)))
        window.answered(tickets[0], report: self.report(1), now: self.start)
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(1)))
        window.answered(tickets[1], report: self.report(0), now: self.start)
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(60)))
    }

    @Test("answers out of order do not raise the count; another's use lowers it")
    func disorder() throws {
        var window = try UpstreamWindow.silent(self.start)
        let tickets = try (0..<3).map { _ in try window.ticket(self.start) }
        window.answered(tickets[2], report: self.report(4), now: self.start)
        window.answered(tickets[0], report: self.report(9), now: self.start)
        window.answered(tickets[1], report: self.report(7), now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 4)
    }

    @Test("a later window replaces, an earlier one is ignored")
    func windows() throws {
        var window = try UpstreamWindow.silent(self.start)
        let tickets = try (0..<3).map { _ in try window.ticket(self.start) }
        window.answered(tickets[0], report: self.report(0), now: self.start)
        window.answered(tickets[1], report: self.report(9, epoch: 1060, in: 120), now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 8)  // One is under way.
        window.answered(tickets[2], report: self.report(0), now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 9)
    }

    @Test("a 429 blocks until its time, and never shortens a block")
    func refusal() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(self.start), report: nil, now: self.start)
        window.refused(retryAfter: .seconds(30), now: self.start)
        window.refused(retryAfter: .seconds(10), now: self.start)
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(30)))
        #expect(window.budget(now: self.start) == Budget(limit: 100, remaining: 0, resetsIn: .seconds(30)))
        _ = try window.ticket(self.start + .seconds(30))
    }

    @Test("a 429 without a word waits for the window, or a minute")
    func unexplained() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.refused(retryAfter: nil, now: self.start)
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(60)))
        var known = UpstreamWindow(assumedLimit: 100)
        known.answered(try known.ticket(self.start), report: self.report(3, in: 700), now: self.start)
        known.refused(retryAfter: nil, now: self.start)
        #expect(known.reserve(now: self.start) == .refused(retryAfter: .seconds(700)))
    }

    @Test("the first request of a window goes alone, and another only when its answer is long in coming")
    func unknown() throws {
        var window = UpstreamWindow(assumedLimit: 3)
        let first = try window.ticket(self.start)
        #expect(window.reserve(now: self.start) == .refused(retryAfter: .seconds(1)))
        let later = self.start + .seconds(2)
        _ = try window.ticket(later)
        #expect(window.reserve(now: later) == .refused(retryAfter: .seconds(1)))
        // An upstream that tells nothing has no limit.
        window.answered(first, report: nil, now: later)
        for _ in 0..<50 { _ = try window.ticket(later) }
        #expect(window.inFlight == 51)
    }

    @Test("the next window begins with one request, too")
    func nextWindow() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(self.start), report: self.report(0, limit: 2), now: self.start)
        let later = self.start + .seconds(61)
        _ = try window.ticket(later)
        #expect(window.reserve(now: later) == .refused(retryAfter: .seconds(1)))
    }

    @Test("a window whose end is told as time to go is one window, though a second apart each time")
    func relative() throws {
        var window = try UpstreamWindow.silent(self.start)
        let tickets = try (0..<2).map { _ in try window.ticket(self.start) }
        var report = self.report(4, epoch: 1000)
        report.isRelative = true
        window.answered(tickets[0], report: report, now: self.start)
        (report.remaining, report.resetEpoch) = (5, 1001)
        window.answered(tickets[1], report: report, now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 4)
    }

    @Test("what must be left for others is left")
    func floor() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(self.start), report: self.report(6, in: 700), now: self.start)
        guard case .granted = window.reserve(now: self.start, keeping: 5) else {
            Issue.record("the sixth is free")
            return
        }
        #expect(window.reserve(now: self.start, keeping: 5) == .refused(retryAfter: .seconds(1)))
        #expect(window.reserve(now: self.start, keeping: 6) == .refused(retryAfter: .seconds(700)))
        _ = try window.ticket(self.start)
    }

    @Test("a request that died counts as spent until an answer tells better")
    func losses() throws {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(self.start), report: self.report(5), now: self.start)
        let earlier = try window.ticket(self.start)
        window.lost(try window.ticket(self.start), wasSent: true)
        window.lost(try window.ticket(self.start), wasSent: false)
        #expect(window.budget(now: self.start)?.remaining == 3)
        window.answered(earlier, report: self.report(4), now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 3)
        window.answered(try window.ticket(self.start), report: self.report(3), now: self.start)
        #expect(window.budget(now: self.start)?.remaining == 3)
        #expect(window.inFlight == 0)
    }

    @Test("never provokes a 429 from a fixed window that only it uses", arguments: [UInt64(1), 2, 3, 4, 5])
    func neverRefused(seed: UInt64) throws {
        var (window, random, now) = (UpstreamWindow(assumedLimit: 20), SplitMix(seed: seed), self.start)
        var upstream = FixedWindow(limit: 20, length: .seconds(90))
        var underWay: [(ticket: UpstreamWindow.Ticket, report: WindowReport?)] = []
        for _ in 0..<20_000 {
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                guard case .granted(let ticket) = window.reserve(now: now) else { break }
                let report = upstream.count(at: now - self.start)
                try #require(report != nil)
                // One in twenty answers is lost on the way back.
                underWay.append((ticket, Int.random(in: 0..<20, using: &random) == 0 ? nil : report))
            case 1:
                guard !underWay.isEmpty else { break }
                let (ticket, report) = underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
                if report == nil {
                    window.lost(ticket, wasSent: true)
                } else {
                    window.answered(ticket, report: report, now: now)
                }
            default: now += .milliseconds(Int.random(in: 0...800, using: &random))
            }
        }
        #expect(upstream.counted > 500)
    }
}

/// The upstream's limiter: a window of fixed length that starts with the first request after the last one ended.
private struct FixedWindow {
    let limit: Int
    let length: Duration
    var end: Duration?
    var used = 0
    var counted = 0

    /// nil is a 429.
    mutating func count(at time: Duration) -> WindowReport? {
        if self.end.map({ $0 <= time }) ?? true { (self.end, self.used) = (time + self.length, 0) }
        self.used += 1
        self.counted += 1
        guard self.used <= self.limit, let end = self.end else { return nil }
        let epoch = Int((end / .milliseconds(1)).rounded())
        return WindowReport(
            limit: self.limit, remaining: self.limit - self.used, resetEpoch: epoch, resetsIn: end - time)
    }
}

extension UpstreamWindow {
    /// As after an answer that told of no limit.
    fileprivate static func silent(_ now: Instant) throws -> UpstreamWindow {
        var window = UpstreamWindow(assumedLimit: 100)
        window.answered(try window.ticket(now), report: nil, now: now)
        return window
    }

    fileprivate mutating func ticket(_ now: Instant) throws -> Ticket {
        guard case .granted(let ticket) = self.reserve(now: now) else {
            throw PipelineError(.rateLimited, origin: .gateway, status: 429, message: "no ticket")
        }
        return ticket
    }
}
