import Sessions
import Synchronization

/// How many calls run for each principal that has no session.
final class StatelessCalls: Sendable {
    private let maximumCount: Int
    private let maximumAnonymous: Int
    private let counts = Mutex<[Principal: Int]>([:])

    init(maximumCount: Int, maximumAnonymous: Int) {
        self.maximumCount = maximumCount
        self.maximumAnonymous = maximumAnonymous
    }

    /// Takes a place; false when there is none.
    func begin(_ principal: Principal) -> Bool {
        let maximum = principal == .anonymous ? self.maximumAnonymous : self.maximumCount
        return self.counts.withLock { counts in
            let count = counts[principal] ?? 0
            guard count < maximum else { return false }
            counts[principal] = count + 1
            return true
        }
    }

    func end(_ principal: Principal) {
        self.counts.withLock { counts in
            let count = (counts[principal] ?? 0) - 1
            counts[principal] = count > 0 ? count : nil
        }
    }
}
