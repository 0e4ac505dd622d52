import Synchronization

/// Lets identical calls under way share one exchange.
final class SingleFlight<Key: Hashable & Sendable, Answer: Sendable>: Sendable {
    typealias Outcome = Result<Answer, PipelineError>

    private struct State {
        var table = FlightTable<Key>()
        var waiters: [Int: CheckedContinuation<Outcome, Never>] = [:]
        var tasks: [Int: Task<Void, Never>] = [:]
    }
    private let state = Mutex(State())
    private let nextWaiter = Atomic(0)

    /// Flights under way.
    var count: Int { self.state.withLock { $0.table.count } }

    /// Calls that wait for the same answer.
    func waiterCount(_ key: Key) -> Int { self.state.withLock { $0.table.waiterCount(key) } }

    /// Waits for the flight of `key`, and starts it with `operation` when there is none.
    ///
    /// The operation runs in a task of its own, which ends early only when the last one who waits is cancelled.
    /// - Returns: the outcome, and whether another call's operation brought it.
    func run(
        _ key: Key, operation: @escaping @Sendable () async -> Outcome
    ) async -> (outcome: Outcome, isShared: Bool) {
        let waiter = self.nextWaiter.add(1, ordering: .relaxed).newValue
        let isShared = Atomic(false)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let arrival = self.state.withLock { state in
                    state.waiters[waiter] = continuation
                    return state.table.join(key, waiter: waiter)
                }
                switch arrival {
                case .wait: isShared.store(true, ordering: .relaxed)
                case .start(let flight): self.start(flight, operation)
                }
                // A cancellation that came before there was anything to leave.
                if Task.isCancelled { self.leave(key, waiter: waiter) }
            }
        } onCancel: {
            self.leave(key, waiter: waiter)
        }
        return (outcome, isShared.load(ordering: .relaxed))
    }

    /// The task is awaited by the flight's waiters, and cancelled when there are none left.
    private func start(_ flight: Int, _ operation: @escaping @Sendable () async -> Outcome) {
        let task = Task {
            let outcome = await operation()
            self.finish(flight, outcome)
        }
        let isUnderWay = self.state.withLock { state in
            guard state.table.isUnderWay(flight) else { return false }
            state.tasks[flight] = task
            return true
        }
        // Either done already, or abandoned before the task was known.
        if !isUnderWay { task.cancel() }
    }

    private func finish(_ flight: Int, _ outcome: Outcome) {
        let waiting = self.state.withLock { state in
            state.tasks[flight] = nil
            return state.table.finish(flight).compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }

    private func leave(_ key: Key, waiter: Int) {
        let (continuation, task) = self.state.withLock { state in
            let continuation = state.waiters.removeValue(forKey: waiter)
            guard case .abandon(let flight) = state.table.leave(key, waiter: waiter) else {
                return (continuation, nil as Task<Void, Never>?)
            }
            return (continuation, state.tasks.removeValue(forKey: flight))
        }
        task?.cancel()
        continuation?.resume(returning: .failure(.cancelled))
    }
}
