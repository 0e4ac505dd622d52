/// Stops asking an upstream that does not answer, and finds out now and then whether it does again.
///
/// Health is learned from the calls themselves: a probe of its own would cost a request of the window.
struct CircuitBreaker {
    typealias Instant = ContinuousClock.Instant
    enum State: Equatable {
        /// Calls go on. Becomes `open` after too many failures in a row.
        case closed
        /// Nothing is sent until a moment; then `halfOpen`.
        case open(until: Instant)
        /// One call is under way; its end decides between `closed` and `open` for twice as long.
        case halfOpen
    }
    enum Decision: Equatable { case go, wait(Duration) }

    /// Failures in a row.
    static let threshold = 5
    static let firstPause: Duration = .seconds(1)
    static let longestPause: Duration = .seconds(60)
    private(set) var state = State.closed
    private(set) var failures = 0
    private var pause = CircuitBreaker.firstPause

    mutating func ask(now: Instant) -> Decision {
        switch self.state {
        case .closed: return .go
        case .halfOpen: return .wait(CircuitBreaker.firstPause)
        case .open(let until):
            guard until <= now else { return .wait(until - now) }
            self.state = .halfOpen
            return .go
        }
    }

    /// The upstream answered something other than that it cannot.
    mutating func succeeded() {
        (self.state, self.failures, self.pause) = (.closed, 0, CircuitBreaker.firstPause)
    }

    /// No answer, or one of a gateway that got none.
    mutating func failed(now: Instant) {
        self.failures += 1
        switch self.state {
        case .open: break  // A call from before.
        case .closed where self.failures < CircuitBreaker.threshold: break
        case .closed, .halfOpen:
            self.state = .open(until: now + self.pause)
            self.pause = min(CircuitBreaker.longestPause, self.pause * 2)
        }
    }

    /// A call that was let go ended without telling anything, as when its caller went away.
    mutating func toldNothing(now: Instant) {
        if self.state == .halfOpen { self.state = .open(until: now) }
    }
}
