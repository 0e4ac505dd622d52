/// A session's own allowance: `limit` requests at once, given back one by one over `window`.
///
/// Kept as one instant, the one at which the bucket would be full again, so that nothing is lost to rounding.
struct TokenBucket {
    typealias Instant = ContinuousClock.Instant
    enum Decision: Equatable { case granted, refused(retryAfter: Duration) }

    let limit: Int
    let window: Duration
    private var fullAt: Instant?

    init(limit: Int, window: Duration) {
        self.limit = max(1, limit)
        self.window = max(.nanoseconds(1), window)
    }

    private var cost: Duration { self.window / self.limit }
    private var capacity: Duration { self.cost * self.limit }

    /// Takes one token, or says when there will be one.
    mutating func take(now: Instant) -> Decision {
        let fullAt = max(self.fullAt ?? now, now) + self.cost
        guard fullAt - now <= self.capacity else { return .refused(retryAfter: fullAt - now - self.capacity) }
        self.fullAt = fullAt
        return .granted
    }

    /// Returns a token that was taken but not used.
    mutating func giveBack() { self.fullAt = self.fullAt.map { $0 - self.cost } }

    func budget(now: Instant) -> Budget {
        let missing = max(.zero, (self.fullAt ?? now) - now)
        // Rounded up: a token is there when all of it is.
        let tokensMissing = Int((missing / self.cost - 1e-9).rounded(.up))
        return Budget(limit: self.limit, remaining: max(0, self.limit - tokensMissing), resetsIn: missing)
    }
}
