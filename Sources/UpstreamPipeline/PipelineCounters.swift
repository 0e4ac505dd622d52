/// What all calls since the start came to.
package struct PipelineCounters: Sendable, Equatable {
    /// Calls that passed route and gate.
    package var asked = 0
    package var cacheHits = 0
    /// Answered by another call's exchange.
    package var coalesced = 0
    /// Answered by a request that other calls shared, such as a page that held theirs.
    package var batched = 0
    /// Requests sent upstream, retries included.
    package var sent = 0
    /// Of ``sent``, the repeats after a failure.
    package var retried = 0
    /// Calls refused by route, gate or quota.
    package var refused = 0
    /// Calls that failed after something was sent.
    package var failed = 0
    /// Of ``cacheHits``, answers whose time was over.
    package var stale = 0
}
