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
    private let tasks = Mutex<[String: TrackedTask]>([:])

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

    var count: Int { self.tasks.withLock { $0.count } }

    /// Begins a task.
    ///
    /// - Throws: an error that says so when there are too many.
    func create(principal: Principal) throws(RPCError) -> TrackedTask {
        self.sweep()
        let task = TrackedTask(
            principal: principal, lifetime: self.lifetime, encoder: self.encoder, now: self.now,
            onChange: self.onChange, onDiscard: { [weak self] in self?.remove($0) })
        let hasRoom = self.tasks.withLock { tasks in
            guard tasks.count < self.maximumCount else { return false }
            tasks[task.id] = task
            return true
        }
        guard hasRoom else {
            throw RPCError(.internalError, "Too many tasks are kept: try again when some have been fetched.")
        }
        return task
    }

    /// The task with this id, for the principal that began it.
    func find(_ id: String, principal: Principal) -> TrackedTask? {
        self.tasks.withLock { $0[id] }.flatMap { $0.principal == principal ? $0 : nil }
    }

    /// Forgets tasks whose time is over, and stops those that nobody has waited for.
    func sweep() {
        let oldest = self.now() - Int(self.lifetime / .seconds(1))
        let expired = self.tasks.withLock { tasks in
            let expired = tasks.values.filter { $0.createdAt < oldest }
            for task in expired { tasks[task.id] = nil }
            return expired
        }
        for task in expired { task.cancel() }
    }

    /// Stops and forgets all.
    func endAll() {
        let tasks = self.tasks.withLock { tasks in
            defer { tasks = [:] }
            return Array(tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    private func remove(_ task: TrackedTask) { self.tasks.withLock { $0[task.id] = nil } }
}
