/// The upstream's own limit, as far as its answers tell: a fixed window that others may share.
///
/// The first request of a window goes alone, since how much others have used of it only its answer tells. From then on
/// requests under way count as spent, since the answer that counts them has not come. Answers may come out of order;
/// within one window the lowest count wins.
struct UpstreamWindow {
    typealias Instant = ContinuousClock.Instant
    enum Decision: Equatable { case granted(Ticket), refused(retryAfter: Duration) }
    /// One request that may be sent; each is settled exactly once.
    struct Ticket: Equatable { let number: Int }
    private struct Known {
        var limit: Int
        var lowest: Int
        var resetEpoch: Int
        var resetsAt: Instant
        /// Requests that died without an answer, which may or may not have been counted.
        var uncertain = 0
        var lastLoss = 0
    }
    /// How long to wait when only requests under way stand in the way, or the upstream refused without saying how long.
    private static let shortWait: Duration = .seconds(1)
    private static let unexplainedWait: Duration = .seconds(60)
    /// How long the first request of a window is waited for before another is tried.
    private static let probePatience: Duration = .seconds(2)

    /// Believed until an answer tells; then the last window's limit.
    private(set) var assumedLimit: Int
    private(set) var inFlight = 0
    private var known: Known?
    /// An answer came without a word of a limit: there is none.
    private var isSilent = false
    private var blockedUntil: Instant?
    private var nextNumber = 1
    private var probedAt: Instant?
    /// Grows with each window that begins, so that what was counted in another can be forgotten.
    private(set) var generation = 0

    init(assumedLimit: Int) { self.assumedLimit = max(1, assumedLimit) }

    /// Asks to send one request now.
    ///
    /// - Parameter floor: how many must be left for others; of no meaning while nothing is known.
    mutating func reserve(now: Instant, keeping floor: Int = 0) -> Decision {
        self.forgetPast(now)
        if let blockedUntil = self.blockedUntil { return .refused(retryAfter: blockedUntil - now) }
        guard self.available(now) > (self.known == nil ? 0 : floor) else {
            let isSpent = self.known.map { $0.lowest - $0.uncertain <= floor } ?? false
            let untilReset = self.known.map { $0.resetsAt - now } ?? UpstreamWindow.shortWait
            return .refused(retryAfter: isSpent ? untilReset : min(untilReset, UpstreamWindow.shortWait))
        }
        self.inFlight += 1
        if self.known == nil, self.probedAt == nil { self.probedAt = now }
        defer { self.nextNumber += 1 }
        return .granted(Ticket(number: self.nextNumber))
    }

    /// An answer came; `report` is nil when it says nothing about a limit.
    mutating func answered(_ ticket: Ticket, report: WindowReport?, now: Instant) {
        self.inFlight -= 1
        self.forgetPast(now)
        guard var report else {
            self.isSilent = self.known == nil
            self.probedAt = nil
            return
        }
        self.isSilent = false
        if report.isRelative, let end = self.known?.resetEpoch, abs(end - report.resetEpoch) <= 2 {
            report.resetEpoch = end
        }
        guard var known = self.known, known.resetEpoch >= report.resetEpoch else {
            if report.resetsIn > .zero {
                self.generation += 1
                self.probedAt = nil
                self.known = Known(
                    limit: report.limit, lowest: report.remaining, resetEpoch: report.resetEpoch,
                    resetsAt: now + report.resetsIn)
            }
            return
        }
        guard known.resetEpoch == report.resetEpoch else { return }  // An answer from a window that is over.
        (known.limit, known.lowest) = (report.limit, min(known.lowest, report.remaining))
        if ticket.number > known.lastLoss { known.uncertain = 0 }
        self.known = known
    }

    /// The upstream refused with 429: nothing is sent until `retryAfter` is over.
    mutating func refused(retryAfter: Duration?, now: Instant) {
        let untilReset = self.known.map { $0.resetsAt - now }
        let until = now + (retryAfter ?? untilReset ?? UpstreamWindow.unexplainedWait)
        self.blockedUntil = max(self.blockedUntil ?? until, until)
    }

    /// No answer came.
    ///
    /// - Parameter wasSent: false where the upstream cannot have counted the request.
    mutating func lost(_ ticket: Ticket, wasSent: Bool) {
        self.inFlight -= 1
        if self.inFlight == 0 { self.probedAt = nil }
        guard wasSent, self.known != nil else { return }
        self.known?.uncertain += 1
        self.known?.lastLoss = self.nextNumber - 1
    }

    /// What is left; nil while nothing is known.
    mutating func budget(now: Instant) -> Budget? {
        self.forgetPast(now)
        if let blockedUntil = self.blockedUntil {
            return Budget(
                limit: self.known?.limit ?? self.assumedLimit, remaining: 0, resetsIn: blockedUntil - now)
        }
        return self.known.map {
            Budget(limit: $0.limit, remaining: max(0, self.available(now)), resetsIn: $0.resetsAt - now)
        }
    }

    /// The window's size, and how long it still lasts; nil while nothing is known.
    mutating func current(now: Instant) -> (limit: Int, left: Duration)? {
        self.forgetPast(now)
        return self.known.map { ($0.limit, $0.resetsAt - now) }
    }

    private func available(_ now: Instant) -> Int {
        if let known = self.known { return known.lowest - known.uncertain - self.inFlight }
        if self.isSilent { return .max }
        // Others may have used up all but a few: one request goes ahead, and its answer tells.
        let patience = self.probedAt.map { Int((now - $0) / UpstreamWindow.probePatience) } ?? 0
        return min(self.assumedLimit, 1 + patience) - self.inFlight
    }

    /// A new window begins with the next request: its size is known, its end is not.
    private mutating func forgetPast(_ now: Instant) {
        if let until = self.blockedUntil, until <= now { self.blockedUntil = nil }
        guard let known = self.known, known.resetsAt <= now else { return }
        (self.known, self.assumedLimit) = (nil, known.limit)
        (self.probedAt, self.generation) = (nil, self.generation + 1)
    }
}

extension UpstreamWindow {
    /// What must outlive the process, so that the next one does not spend again what this one has.
    struct Snapshot: Equatable {
        var limit: Int
        /// Requests under way, whose answers will not be seen, count as spent.
        var remaining: Int
        var resetEpoch: Int
        var resetsIn: Duration
        /// Nothing may be sent for so long.
        var blockedFor: Duration
    }

    /// nil while nothing is known.
    mutating func snapshot(now: Instant) -> Snapshot? {
        self.forgetPast(now)
        let blocked = max(.zero, (self.blockedUntil ?? now) - now)
        guard let known = self.known else {
            guard blocked > .zero else { return nil }
            return Snapshot(
                limit: self.assumedLimit, remaining: 0, resetEpoch: 0, resetsIn: blocked, blockedFor: blocked)
        }
        return Snapshot(
            limit: known.limit, remaining: max(0, self.available(now)), resetEpoch: known.resetEpoch,
            resetsIn: known.resetsAt - now, blockedFor: blocked)
    }

    /// Goes on where a process before this one was.
    mutating func restore(_ snapshot: Snapshot, now: Instant) {
        guard snapshot.resetsIn > .zero, snapshot.limit > 0 else { return }
        self.known = Known(
            limit: snapshot.limit, lowest: min(snapshot.remaining, snapshot.limit), resetEpoch: snapshot.resetEpoch,
            resetsAt: now + snapshot.resetsIn)
        if snapshot.blockedFor > .zero { self.blockedUntil = now + snapshot.blockedFor }
    }
}
