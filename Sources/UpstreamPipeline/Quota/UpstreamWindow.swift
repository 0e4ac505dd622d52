/// The upstream's own limit, as far as its answers tell: a fixed window that others may share.
///
/// Requests under way count as spent, since the answer that counts them has not come. Answers may come out of order;
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

    /// Believed until an answer tells; then the last window's limit.
    private(set) var assumedLimit: Int
    private(set) var inFlight = 0
    private var known: Known?
    /// An answer came without a word of a limit: there is none.
    private var isSilent = false
    private var blockedUntil: Instant?
    private var nextNumber = 1

    init(assumedLimit: Int) { self.assumedLimit = max(1, assumedLimit) }

    /// Asks to send one request now.
    mutating func reserve(now: Instant) -> Decision {
        self.forgetPast(now)
        if let blockedUntil = self.blockedUntil { return .refused(retryAfter: blockedUntil - now) }
        guard self.available > 0 else {
            let isSpent = self.known.map { $0.lowest <= 0 } ?? false
            let untilReset = self.known.map { $0.resetsAt - now } ?? UpstreamWindow.shortWait
            return .refused(retryAfter: isSpent ? untilReset : min(untilReset, UpstreamWindow.shortWait))
        }
        self.inFlight += 1
        defer { self.nextNumber += 1 }
        return .granted(Ticket(number: self.nextNumber))
    }

    /// An answer came; `report` is nil when it says nothing about a limit.
    mutating func answered(_ ticket: Ticket, report: WindowReport?, now: Instant) {
        self.inFlight -= 1
        self.forgetPast(now)
        guard let report else {
            self.isSilent = self.known == nil
            return
        }
        self.isSilent = false
        guard var known = self.known, known.resetEpoch >= report.resetEpoch else {
            if report.resetsIn > .zero {
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
            Budget(limit: $0.limit, remaining: max(0, self.available), resetsIn: $0.resetsAt - now)
        }
    }

    private var available: Int {
        if let known = self.known { return known.lowest - known.uncertain - self.inFlight }
        return self.isSilent ? .max : self.assumedLimit - self.inFlight
    }

    /// A new window begins with the next request: its size is known, its end is not.
    private mutating func forgetPast(_ now: Instant) {
        if let until = self.blockedUntil, until <= now { self.blockedUntil = nil }
        guard let known = self.known, known.resetsAt <= now else { return }
        (self.known, self.assumedLimit) = (nil, known.limit)
    }
}
