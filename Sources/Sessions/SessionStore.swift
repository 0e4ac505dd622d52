import Synchronization

/// The sessions that live: creation, lookup, idle expiry, an upper bound, and word to whoever keeps state for them.
package final class SessionStore<State: Sendable>: Sendable {
    /// One session and what its owner keeps with it.
    package struct Session: Sendable {
        package let id: SessionID
        package let principal: Principal
        package let state: State
    }
    /// Why a session ended.
    package enum EndReason: String, Sendable { case closed, expired, evicted, shutdown }

    private let limits: SessionLimits
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let isInUse: @Sendable (State) -> Bool
    private let onEnd: @Sendable (Session, EndReason) -> Void
    private let table: Mutex<SessionTable<Session>>

    /// - Parameters:
    ///   - isInUse: whether a session is at work although nobody asks for it: such a one does not expire.
    ///   - onEnd: called once for each session that ends, outside any lock.
    package init(
        limits: SessionLimits, clock: any Clock<Duration> = ContinuousClock(),
        isInUse: @escaping @Sendable (State) -> Bool = { _ in false },
        onEnd: @escaping @Sendable (Session, EndReason) -> Void
    ) {
        self.limits = limits
        self.clock = clock
        // The clock of nearly everybody, by name: it is read for every request, and a generic reading costs more.
        if clock is ContinuousClock {
            let start = ContinuousClock.now
            self.elapsed = { start.duration(to: .now) }
        } else {
            self.elapsed = Self.stopwatch(clock)
        }
        self.isInUse = isInUse
        self.onEnd = onEnd
        self.table = Mutex(SessionTable(maximumCount: limits.maximumCount))
    }

    package var count: Int { self.table.withLock { $0.count } }

    /// Every session that lives.
    package var all: [Session] { self.table.withLock { $0.values } }

    /// Opens a session; when the store is full another one, idle longest, makes room.
    package func create(principal: Principal, state: (SessionID) -> State) -> Session {
        let id = SessionID.generate()
        let session = Session(id: id, principal: principal, state: state(id))
        let now = self.elapsed()
        let evicted = self.table.withLock { $0.insert(id.rawValue, session, now: now) }
        if let evicted { self.onEnd(evicted, .evicted) }
        return session
    }

    /// The session with this id, if it lives and belongs to `principal`; counts as use.
    package func find(_ id: String, principal: Principal) -> Session? {
        let now = self.elapsed()
        let use = self.table.withLock { table in
            table.use(
                id, idleTimeout: self.limits.idleTimeout, now: now, isWanted: { $0.principal == principal },
                mayGo: { !self.isInUse($0.state) })
        }
        switch use {
        case .live(let session): return session
        case .absent: return nil
        case .expired(let session):
            self.onEnd(session, .expired)
            return nil
        }
    }

    /// Counts a use of a session now, such as the end of a long piece of work.
    package func touch(_ id: SessionID) {
        let now = self.elapsed()
        self.table.withLock { $0.touch(id.rawValue, now: now) }
    }

    /// Ends a session; false when there is none.
    ///
    /// Whoever names the session by what a client sent asks ``find(_:principal:)`` first.
    @discardableResult
    package func end(_ id: SessionID, reason: EndReason) -> Bool {
        guard let session = self.table.withLock({ $0.remove(id.rawValue) }) else { return false }
        self.onEnd(session, reason)
        return true
    }

    /// Ends every session.
    package func endAll(reason: EndReason) {
        for session in self.table.withLock({ $0.removeAll() }) { self.onEnd(session, reason) }
    }

    /// Ends what has been idle too long.
    ///
    /// Called by ``run()``, and by tests with their own clock.
    package func sweep() {
        let now = self.elapsed()
        let idle = self.table.withLock { table in
            table.removeIdle(longerThan: self.limits.idleTimeout, now: now) { !self.isInUse($0.state) }
        }
        for session in idle { self.onEnd(session, .expired) }
    }

    /// Sweeps at the configured interval until cancelled.
    package func run() async throws {
        while true {
            try await self.clock.sleep(for: self.limits.cleanupInterval)
            self.sweep()
        }
    }

    /// Time since this call, by `clock`: an instant of an unknown clock cannot be stored, a duration can.
    private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }
}
