/// What one run's calls cost.
package struct CallAccounting: Sendable, Equatable {
    package private(set) var asked = 0
    package private(set) var fromCache = 0
    package private(set) var coalesced = 0
    package private(set) var batched = 0
    /// Requests sent upstream, retries included.
    package private(set) var sent = 0
    package private(set) var failed = 0

    package init() {}

    /// Counts what ``Pipeline/send(_:)`` returned.
    package mutating func count(_ reply: PipelineReply) {
        self.asked += 1
        self.sent += reply.exchanges
        switch reply.source {
        case .upstream: break
        case .cache: self.fromCache += 1
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
