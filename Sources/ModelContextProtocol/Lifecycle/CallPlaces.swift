import Sessions
import Synchronization

/// How many calls run: for each principal that has no session, and for everybody together.
final class CallPlaces: Sendable {
    private struct State {
        var total = 0
        var counts: [Principal: Int] = [:]
    }
    private let maximumCount: Int
    private let maximumAnonymous: Int
    private let maximumTotal: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - maximumCount: calls of one principal; sessions count their own.
    ///   - maximumAnonymous: calls of all who present no token.
    init(maximumCount: Int, maximumAnonymous: Int, maximumTotal: Int) {
        self.maximumCount = maximumCount
        self.maximumAnonymous = maximumAnonymous
        self.maximumTotal = maximumTotal
    }

    /// Takes a place; false when there is none.
    ///
    /// - Parameter principal: nil for a call of a session.
    func begin(_ principal: Principal?) -> Bool {
        self.state.withLock { state in
            guard state.total < self.maximumTotal else { return false }
            if let principal {
                let maximum = principal == .anonymous ? self.maximumAnonymous : self.maximumCount
                let count = state.counts[principal] ?? 0
                guard count < maximum else { return false }
                state.counts[principal] = count + 1
            }
            state.total += 1
            return true
        }
    }

    func end(_ principal: Principal?) {
        self.state.withLock { state in
            state.total -= 1
            guard let principal else { return }
            let count = (state.counts[principal] ?? 0) - 1
            state.counts[principal] = count > 0 ? count : nil
        }
    }
}
