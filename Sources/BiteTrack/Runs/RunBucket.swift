/// How often a session may run code: a token bucket that holds one minute's worth.
struct RunBucket: Sendable {
    let perMinute: Int
    private var tokens: Double
    private var refilledAt: Duration

    /// - Parameters:
    ///   - perMinute: 0 or less means no limit.
    ///   - now: time since an epoch of the caller's choice, as in ``take(at:)``.
    init(perMinute: Int, now: Duration) {
        self.perMinute = perMinute
        self.tokens = Double(perMinute)
        self.refilledAt = now
    }

    /// Takes one run; returns how long to wait when there is none.
    mutating func take(at now: Duration) -> Duration? {
        guard self.perMinute > 0 else { return nil }
        let perSecond = Double(self.perMinute) / 60
        let elapsed = max(0, (now - self.refilledAt) / .seconds(1))
        self.tokens = min(Double(self.perMinute), self.tokens + elapsed * perSecond)
        self.refilledAt = max(now, self.refilledAt)
        guard self.tokens >= 1 else { return .seconds((1 - self.tokens) / perSecond) }
        self.tokens -= 1
        return nil
    }
}
