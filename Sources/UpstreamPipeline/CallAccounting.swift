/// What one run's calls cost.
package struct CallAccounting: Sendable, Equatable {
    package private(set) var asked = 0
    package private(set) var fromCache = 0
    /// Of ``fromCache``, answers whose time was over.
    package private(set) var stale = 0
    package private(set) var coalesced = 0
    package private(set) var batched = 0
    /// Requests sent upstream, retries included.
    package private(set) var sent = 0
    package private(set) var retried = 0
    package private(set) var failed = 0
    /// The longest that one call waited for its turn.
    package private(set) var queueWait: Duration = .zero

    package init() {}

    /// Counts what ``Pipeline/send(_:)`` returned.
    package mutating func count(_ reply: PipelineReply) {
        self.asked += 1
        self.sent += reply.exchanges
        self.retried += reply.retries
        self.queueWait = max(self.queueWait, reply.queueWait)
        switch reply.source {
        case .upstream: break
        case .cache: self.fromCache += 1
        case .stale:
            self.fromCache += 1
            self.stale += 1
        case .coalesced: self.coalesced += 1
        case .batched: self.batched += 1
        }
    }

    /// Counts what ``Pipeline/send(_:)`` threw.
    package mutating func count(_ error: PipelineError) {
        self.asked += 1
        self.sent += error.exchanges
        self.failed += 1
    }
}
