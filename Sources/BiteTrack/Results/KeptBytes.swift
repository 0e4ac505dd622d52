import Synchronization

/// How many bytes all sessions together keep between runs, and whether there is room for more.
final class KeptBytes: Sendable {
    private let limit: Int
    private let used = Mutex(0)

    init(limit: Int) { self.limit = limit }

    var current: Int { self.used.withLock { $0 } }

    /// Counts what a session keeps now instead of before; refused when all together would be too much.
    func change(from before: Int, to after: Int) -> Bool {
        self.used.withLock { used in
            guard after <= before || used - before + after <= self.limit else { return false }
            used += after - before
            return true
        }
    }
}
