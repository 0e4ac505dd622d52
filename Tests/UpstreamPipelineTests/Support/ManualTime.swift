import Synchronization

@testable import UpstreamPipeline

/// A clock that moves only when told to, or when somebody sleeps by it.
final class ManualTime: Sendable {
    private struct State {
        var elapsed: Duration = .zero
        var sleeps: [Duration] = []
        var alarms: [Int: (due: Duration, waiter: CheckedContinuation<Void, Never>)] = [:]
        var nextAlarm = 0
    }
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    var now: ContinuousClock.Instant { self.start + self.state.withLock { $0.elapsed } }
    var sleeps: [Duration] { self.state.withLock { $0.sleeps } }

    /// Who waits for a moment to come.
    var alarmCount: Int { self.state.withLock { $0.alarms.count } }
    /// How far away the next moment is that somebody waits for.
    var nextAlarm: Duration? {
        self.state.withLock { state in state.alarms.values.map(\.due).min().map { $0 - state.elapsed } }
    }

    func advance(by duration: Duration) {
        let due = self.state.withLock { state in
            state.elapsed += duration
            let due = state.alarms.filter { $0.value.due <= state.elapsed }
            for key in due.keys { state.alarms[key] = nil }
            return due.values.sorted { $0.due < $1.due }.map(\.waiter)
        }
        for waiter in due { waiter.resume() }
    }

    private func wait(_ duration: Duration) async throws {
        let id = self.state.withLock { state in
            state.nextAlarm += 1
            return state.nextAlarm
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isOver = self.state.withLock { state in
                    guard duration > .zero, !Task.isCancelled else { return true }
                    state.alarms[id] = (state.elapsed + duration, waiter)
                    return false
                }
                if isOver { waiter.resume() }
            }
        } onCancel: {
            self.state.withLock { $0.alarms.removeValue(forKey: id) }?.waiter.resume()
        }
        try Task.checkCancellation()
    }

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
            alarm: { try await self.wait($0) }, random: { 0.5 })
    }
}

extension Pipeline {
    /// As after an answer that tells of no limit: requests need not wait for one that goes ahead.
    func liftQuota() {
        self.settle { state in
            guard case .granted(let ticket) = state.quota.window.reserve(now: self.environment.now()) else { return }
            state.quota.window.answered(ticket, report: nil, now: self.environment.now())
        }
    }
}
