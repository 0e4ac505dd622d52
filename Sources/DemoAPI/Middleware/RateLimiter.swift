/// Counts requests by address in fixed windows, each starting at that address's first request.
struct RateLimiter {
    /// Where an address stands after one more request.
    struct Standing: Equatable {
        let limit: Int
        let remaining: Int
        /// When the window ends.
        let resetsAt: Timestamp
        let isExceeded: Bool

        /// Seconds until the window ends, rounded up.
        func secondsLeft(at now: Timestamp) -> Int {
            max(0, -(now.milliseconds - self.resetsAt.milliseconds).flooredQuotient(by: 1000))
        }
        /// The end of the window in seconds since 1970, rounded up.
        var resetSeconds: Int { -(-self.resetsAt.milliseconds).flooredQuotient(by: 1000) }
    }

    private struct Window {
        var count: Int
        let endsAt: Timestamp
    }

    /// Addresses remembered at most; beyond it, ended windows are dropped, then everything.
    private static let capacity = 10_000

    let limit: Int
    let window: Duration
    private var windows: [String: Window] = [:]

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = window
    }

    /// Counts one request.
    ///
    /// Refused requests count too, but do not extend the window.
    mutating func count(_ address: String, now: Timestamp) -> Standing {
        if self.windows.count >= Self.capacity {
            self.windows = self.windows.filter { $0.value.endsAt > now }
            if self.windows.count >= Self.capacity { self.windows.removeAll() }
        }
        var current = self.windows[address] ?? Window(count: 0, endsAt: now + self.window)
        if current.endsAt <= now { current = Window(count: 0, endsAt: now + self.window) }
        current.count += 1
        self.windows[address] = current
        return Standing(
            limit: self.limit, remaining: max(0, self.limit - current.count), resetsAt: current.endsAt,
            isExceeded: current.count > self.limit)
    }

    /// Whom a request counts against: the last forwarded address, taken at its word, or the peer.
    static func address(forwardedFor: String?, peer: String) -> String {
        let last = forwardedFor?.split(separator: ",").last.map { String($0).trimmed } ?? ""
        return last.isEmpty ? peer : last
    }
}
