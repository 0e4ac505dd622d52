/// The sessions that live: creation, lookup, idle expiry, an upper bound, and word to whoever keeps state for them.
package final class SessionStore<State: Sendable>: Sendable {
    package struct Session: Sendable {
        package let id: SessionID
        package let principal: Principal
        package let state: State
    }
    package enum EndReason: String, Sendable { case closed, expired, evicted, shutdown }

    /// - Parameter onEnd: called once for each session that ends, outside any lock.
    package init(
        limits: SessionLimits, clock: any Clock<Duration> = ContinuousClock(),
        onEnd: @escaping @Sendable (Session, EndReason) -> Void
    ) { fatalError() }

    package var count: Int { fatalError() }

    /// Opens a session; when the store is full the one idle longest makes room.
    package func create(principal: Principal, state: (SessionID) -> State) -> Session { fatalError() }

    /// The session with this id, if it lives and belongs to `principal`; counts as use.
    package func find(_ id: String, principal: Principal) -> Session? { fatalError() }

    /// Ends a session; false when there is none (or it is another principal's).
    @discardableResult
    package func end(_ id: SessionID, reason: EndReason) -> Bool { fatalError() }

    /// Ends what has been idle too long. Called by ``run()``, and by tests with their own clock.
    package func sweep() { fatalError() }

    /// Sweeps at the configured interval until cancelled.
    package func run() async throws { fatalError() }
}

/// How long and how many sessions live.
package struct SessionLimits: Sendable {
    package var idleTimeout: Duration = .seconds(30 * 60)
    package var cleanupInterval: Duration = .seconds(5 * 60)
    package var maximumCount = 10_000

    package init() {}
}
