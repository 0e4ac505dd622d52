import Observability
import Sessions
import Synchronization

/// The tasks that can be asked about.
final class TaskStore: Sendable {
    private let lifetime: Duration
    private let maximumCount: Int
    private let encoder: MessageEncoder
    private let now: @Sendable () -> Int
    private let onChange: @Sendable (TrackedTask) -> Void
    private struct State {
        var tasks: [String: TrackedTask] = [:]
        var hasEnded = false
    }
    private let state = Mutex(State())

    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - onChange: called for each change of a task's status, outside any lock.
    init(
        lifetime: Duration, maximumCount: Int, encoder: MessageEncoder, now: @escaping @Sendable () -> Int,
        onChange: @escaping @Sendable (TrackedTask) -> Void
    ) {
        self.lifetime = lifetime
        self.maximumCount = maximumCount
        self.encoder = encoder
        self.now = now
        self.onChange = onChange
    }

    /// Begins a task.
    ///
    /// - Throws: an error that says so when there are too many.
    func create(principal: Principal) throws(RPCError) -> TrackedTask {
        self.sweep()
        let task = TrackedTask(
            principal: principal, lifetime: self.lifetime, encoder: self.encoder, now: self.now,
            onChange: self.onChange, onDiscard: { [weak self] in self?.remove($0) })
        // Nobody may take the places of all others: a quarter is for everybody else.
        let maximumOfOne = self.maximumCount - self.maximumCount / 4
        let hasRoom = self.state.withLock { state in
            if state.tasks.count >= self.maximumCount { Self.dropOldest(of: &state) { _ in true } }
            if state.tasks.values.count(where: { $0.principal == principal }) >= maximumOfOne {
                Self.dropOldest(of: &state) { $0.principal == principal }
            }
            let own = state.tasks.values.count { $0.principal == principal }
            guard !state.hasEnded, own < maximumOfOne, state.tasks.count < self.maximumCount else { return false }
            state.tasks[task.id] = task
            return true
        }
        guard hasRoom else {
            throw RPCError(.internalError, "Too many tasks are kept: try again when some have been fetched.")
        }
        return task
    }

    /// The task with this id, for the principal that began it.
    func find(_ id: String, principal: Principal) -> TrackedTask? {
        self.state.withLock { $0.tasks[id] }.flatMap { $0.principal == principal ? $0 : nil }
    }

    /// Makes room by forgetting the task that ended first among some.
    private static func dropOldest(of state: inout State, where isOne: (TrackedTask) -> Bool) {
        let oldest = state.tasks.values.filter(isOne).min { ($0.endedAt ?? .max) < ($1.endedAt ?? .max) }
        if let oldest, oldest.endedAt != nil { state.tasks[oldest.id] = nil }
    }

    /// Forgets tasks whose time is over, and stops those still at work.
    func sweep() {
        let oldest = self.now() - Int(self.lifetime / .seconds(1))
        let expired = self.state.withLock { state in
            let expired = state.tasks.values.filter { $0.createdAt < oldest }
            for task in expired { state.tasks[task.id] = nil }
            return expired
        }
        for task in expired { task.cancel() }
    }

    /// Stops and forgets all.
    func endAll() {
        let tasks = self.state.withLock { state in
            state.hasEnded = true
            defer { state.tasks = [:] }
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    private func remove(_ task: TrackedTask) { self.state.withLock { $0.tasks[task.id] = nil } }
}
