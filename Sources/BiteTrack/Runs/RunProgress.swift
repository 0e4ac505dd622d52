import ModelContextProtocol
import Synchronization

/// Tells the user of a run how far it is: answered calls, and what the script itself wants to be seen.
final class RunProgress: Sendable {
    private let context: RequestContext
    /// Must only grow, whatever is told.
    private let reached = Mutex(0.0)
    /// What a message of the script counts: little, so that calls still show as whole numbers.
    private static let messageStep = 1.0 / 1024

    init(_ context: RequestContext) { self.context = context }

    func start() { self.context.progress(0, "running") }

    /// Counts that come out of order, since calls end together, are not told.
    func answered(_ count: Int) {
        self.report(count == 1 ? "1 API call" : "\(count) API calls") { reached in
            let isNews = Double(count) > reached
            if isNews { reached = Double(count) }
            return isNews
        }
    }

    func tell(_ message: String) {
        self.report(message) { reached in
            reached += Self.messageStep
            return true
        }
    }

    /// Told within the lock: what is told first must be less.
    private func report(_ message: String, advance: (inout Double) -> Bool) {
        self.reached.withLock { reached in
            if advance(&reached) { self.context.progress(reached, message) }
        }
    }
}
