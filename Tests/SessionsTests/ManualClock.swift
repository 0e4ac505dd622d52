import Synchronization

/// A clock that stands still until it is told to advance.
final class ManualClock: Clock {
    typealias Duration = Swift.Duration

    struct Instant: InstantProtocol {
        let offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: self.offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - self.offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }
    private struct State {
        var now = Duration.zero
        var sleeper: (deadline: Duration, continuation: CheckedContinuation<Void, any Error>)?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    var now: Instant { Instant(offset: self.state.withLock { $0.now }) }
    let minimumResolution = Duration.nanoseconds(1)

    func advance(by duration: Duration) {
        let woken = self.state.withLock { state -> CheckedContinuation<Void, any Error>? in
            state.now += duration
            guard let sleeper = state.sleeper, sleeper.deadline <= state.now else { return nil }
            state.sleeper = nil
            return sleeper.continuation
        }
        woken?.resume()
    }

    /// Returns when somebody sleeps on this clock.
    func waitForSleeper() async {
        await withCheckedContinuation { continuation in
            let sleeps = self.state.withLock { state in
                if state.sleeper == nil { state.waiters.append(continuation) }
                return state.sleeper != nil
            }
            if sleeps { continuation.resume() }
        }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
                let waiters = self.state.withLock { state in
                    state.sleeper = (deadline.offset, continuation)
                    defer { state.waiters = [] }
                    return state.waiters
                }
                for waiter in waiters { waiter.resume() }
            }
        } onCancel: {
            let sleeper = self.state.withLock { state in
                defer { state.sleeper = nil }
                return state.sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
