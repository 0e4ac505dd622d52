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

    func answered(_ count: Int) {
        let progress = self.reached.withLock { reached in
            reached = max(reached + Self.messageStep, Double(count))
            return reached
        }
        self.context.progress(progress, count == 1 ? "1 API call" : "\(count) API calls")
    }

    func tell(_ message: String) {
        let progress = self.reached.withLock { reached in
            reached += Self.messageStep
            return reached
        }
        self.context.progress(progress, message)
    }
}
