import Synchronization

@testable import UpstreamPipeline

/// A clock that moves only when told to, or when somebody sleeps by it.
final class ManualTime: Sendable {
    private struct State {
        var elapsed: Duration = .zero
        var sleeps: [Duration] = []
    }
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    var now: ContinuousClock.Instant { self.start + self.state.withLock { $0.elapsed } }
    var sleeps: [Duration] { self.state.withLock { $0.sleeps } }

    func advance(by duration: Duration) { self.state.withLock { $0.elapsed += duration } }

    /// An environment in which waits take no time but move the clock, and the random number is one half.
    var environment: PipelineEnvironment {
        PipelineEnvironment(
            now: { self.now },
            epoch: { 1_700_000_000 + Int(self.state.withLock { $0.elapsed }.components.seconds) },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.elapsed += duration
                    state.sleeps.append(duration)
                }
            },
            random: { 0.5 })
    }
}
