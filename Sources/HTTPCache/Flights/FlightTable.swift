/// Requests for one target at one time become one request to the origin (collapsed forwarding, RFC 9211, section 2.7).
///
/// The first leads, the others wait for its answer to be stored and look again. When the answer turns out to be one that
/// cannot be kept, all of them go on at once, side by side; and for a while the target is remembered, so that nobody
/// waits in vain again. Decides only: who waits, and how one is woken, is the caller's.
package struct FlightTable<Waiter: Hashable & Sendable>: Sendable {
    /// What an arriving request does.
    package enum Boarding: Sendable, Equatable {
        /// Ask the origin, and call ``land(_:isKept:now:)`` or the rest will wait until their time is over.
        case lead(Flight)
        /// Wait to be named by ``land(_:isKept:now:)`` or ``overdue(now:)``.
        case wait
        /// Ask the origin; nobody waits for it.
        case alone
    }

    /// One request that others may wait for.
    package struct Flight: Sendable, Equatable {
        let key: CacheKey
        let number: UInt64
    }

    private struct Open: Sendable {
        let number: UInt64
        var waiters: [Waiter: Int64] = [:]
    }

    private let waitMilliseconds: Int64
    private let memoryMilliseconds: Int64
    /// How many targets without keepable answers are remembered.
    private static var memoryLimit: Int { 4096 }
    private var open: [CacheKey: Open] = [:]
    private var uncacheable: [CacheKey: Int64] = [:]
    private var nextNumber: UInt64 = 0

    package init(configuration: CacheConfiguration) {
        self.waitMilliseconds = configuration.collapsedWaitMilliseconds
        self.memoryMilliseconds = configuration.uncacheableMemoryMilliseconds
    }

    /// How many requests wait now.
    package var waitingCount: Int { self.open.values.reduce(0) { $0 + $1.waiters.count } }

    /// Decides for a request that nothing stored can answer.
    package mutating func board(_ plan: ForwardPlan, as waiter: Waiter, now: Moment) -> Boarding {
        guard plan.mayCollapse, self.waitMilliseconds > 0 else { return .alone }
        if let until = self.uncacheable[plan.key] {
            if now.steadyMilliseconds < until { return .alone }
            self.uncacheable[plan.key] = nil
        }
        guard self.open[plan.key] == nil else {
            self.open[plan.key]!.waiters[waiter] = now.steadyMilliseconds + self.waitMilliseconds
            return .wait
        }
        self.nextNumber += 1
        self.open[plan.key] = Open(number: self.nextNumber)
        return .lead(Flight(key: plan.key, number: self.nextNumber))
    }

    /// Ends a flight: as soon as its answer is stored, is known not to be, or has failed.
    ///
    /// - Parameter isKept: whether the waiting will find an answer now that they may use.
    /// - Returns: those who waited, all to go on at once: to look again, or to ask the origin themselves.
    package mutating func land(_ flight: Flight, isKept: Bool, now: Moment) -> [Waiter] {
        guard let open = self.open[flight.key], open.number == flight.number else { return [] }
        self.open[flight.key] = nil
        if !isKept { self.remember(flight.key, until: now.steadyMilliseconds + self.memoryMilliseconds) }
        return Array(open.waiters.keys)
    }

    /// A waiting client that has gone.
    package mutating func leave(_ waiter: Waiter, _ plan: ForwardPlan) { self.open[plan.key]?.waiters[waiter] = nil }

    /// Those who have waited long enough and ask the origin themselves.
    package mutating func overdue(now: Moment) -> [Waiter] {
        var gone: [Waiter] = []
        for (key, flight) in self.open {
            for (waiter, until) in flight.waiters where until <= now.steadyMilliseconds {
                gone.append(waiter)
                self.open[key]!.waiters[waiter] = nil
            }
        }
        return gone
    }

    private mutating func remember(_ key: CacheKey, until: Int64) {
        if self.uncacheable.count >= Self.memoryLimit { self.uncacheable.removeAll() }
        self.uncacheable[key] = until
    }
}
