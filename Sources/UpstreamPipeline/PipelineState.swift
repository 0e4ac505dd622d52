import NIOCore
import TokenVault

/// Everything the pipeline remembers between calls, without clock, lock or socket.
struct PipelineState {
    typealias Instant = ContinuousClock.Instant

    /// Where a fetched answer may be kept, and with whom it may be shared: nobody who asks after a change.
    struct Place: Hashable {
        let session: String
        /// Tells a session from an ended one with the same name.
        let number: Int
        let epoch: Int
        let key: String
    }
    enum Lookup {
        case hit(Hit)
        case refusal(PipelineError)
        /// The place to ask for, and an answer whose time is over.
        case miss(Place, stale: Stale?)
    }
    struct Hit {
        var answer: ResponseCache.Answer
        var age: Duration
        var freshFor: Duration
    }
    struct Stale {
        var answer: ResponseCache.Answer
        var age: Duration
        /// Negative when its time is over.
        var freshFor: Duration
        var staleBy: Duration { max(.zero, .zero - self.freshFor) }
    }
    private struct Session {
        let number: Int
        var cache: ResponseCache
        var density = DensityMemory()
        /// Fingerprint of the token whose answers are in the cache.
        var principal: Int?
    }

    private let configuration: PipelineConfiguration
    private var sessions: [String: Session] = [:]
    private var nextSession = 0
    var quota: QuotaScheduler
    var retryBudget = RetryBudget()
    var breaker = CircuitBreaker()
    /// Until when it is believed that the upstream has no database, and so cannot check tokens.
    var blindUntil: Instant?
    /// Calls that wait for their turn.
    var waiting: [Int: CheckedContinuation<QuotaScheduler.Outcome, Never>] = [:]
    var gatherings = Gatherings<Pipeline.BatchKey, ResolvedRequest>()
    var counters = PipelineCounters()

    init(configuration: PipelineConfiguration) {
        self.configuration = configuration
        self.quota = QuotaScheduler(
            QuotaScheduler.Settings(
                limit: configuration.rateLimit, window: configuration.rateWindow, reserve: configuration.quotaReserve))
    }

    // MARK: Cache

    /// Looks for a cached answer.
    ///
    /// Another token than before empties the session's cache first.
    ///
    /// - Parameter maximumAge: older answers are no hits.
    mutating func look(
        for request: ResolvedRequest, session name: String, principal: Int?, maximumAge: Duration? = nil, now: Instant
    ) -> Lookup {
        self.withSession(name) { session in
            if let principal, principal != session.principal {
                if session.principal != nil { session.cache.removeAll() }
                session.principal = principal
            }
            let key = request.key
            let found = session.cache.find(key, now: now)
            // Made only for those that miss.
            var place: Place {
                Place(session: name, number: session.number, epoch: session.cache.epoch, key: key)
            }
            guard let found else { return .miss(place, stale: nil) }
            let isTooOld = maximumAge.map { found.age > $0 || $0 == .zero } ?? false
            switch found.stored {
            case .refusal(let refusal): return isTooOld ? .miss(place, stale: nil) : .refusal(refusal.error)
            case .answer(let answer):
                guard found.staleBy != nil || isTooOld else {
                    return .hit(Hit(answer: answer, age: found.age, freshFor: found.freshFor))
                }
                let stale = Stale(answer: answer, age: found.age, freshFor: found.freshFor)
                return .miss(place, stale: stale)
            }
        }
    }

    /// Fresh answers of one route that the session has.
    func fresh(of route: String, session: String, now: Instant) -> [(key: String, found: ResponseCache.Found)] {
        self.sessions[session]?.cache.fresh(of: route, now: now) ?? []
    }

    /// - Returns: how long the answer is kept; nil when it is not.
    mutating func store(_ answer: ResponseCache.Answer, at place: Place, route: Route, now: Instant) -> Duration? {
        guard self.sessions[place.session]?.number == place.number else { return nil }
        return self.sessions[place.session]?.cache.store(
            answer, key: place.key, route: route, askedIn: place.epoch, now: now)
    }

    mutating func store(_ refusal: PipelineError, at place: Place, route: Route, now: Instant) {
        guard self.sessions[place.session]?.number == place.number else { return }
        self.sessions[place.session]?.cache.store(
            refusal, key: place.key, route: route, askedIn: place.epoch, now: now)
    }

    /// Drops the groups' answers in every session: all of them see the same upstream data.
    mutating func invalidate(_ groups: Set<String>) {
        for name in Array(self.sessions.keys) { self.sessions[name]?.cache.invalidate(groups) }
    }

    /// Drops what an operator names, in every session.
    mutating func purge(_ selection: Pipeline.Purge) -> Int {
        Array(self.sessions.keys).reduce(0) { $0 + (self.sessions[$1]?.cache.purge(selection) ?? 0) }
    }

    mutating func clearCache(_ name: String) { self.sessions[name]?.cache.removeAll() }
    mutating func endSession(_ name: String) {
        self.sessions[name] = nil
        self.quota.endSession(name)
    }

    // MARK: Batch

    /// The most that any of these families had for a day; nil while nothing is known of all of them.
    func expectedDensity(_ families: Set<[String: String]>, session: String) -> Double? {
        guard let density = self.sessions[session]?.density else { return nil }
        return families.compactMap(density.expected).max()
    }

    /// Learns how much a list had for its days.
    mutating func learn(_ read: ListRead, elements: Int, at place: Place) {
        guard self.sessions[place.session]?.number == place.number else { return }
        self.sessions[place.session]?.density.learn(read.dayFamily, elements: elements, days: read.days)
    }

    // MARK: Quota

    mutating func settle(_ ticket: UpstreamWindow.Ticket, _ response: TransportResponse, now: Instant, epoch: Int) {
        self.quota.window.answered(ticket, report: WindowReport(response, epoch: epoch), now: now)
        if response.status == 429 {
            self.quota.window.refused(retryAfter: response.retryAfter(epoch: epoch), now: now)
        }
    }

    mutating func settle(_ ticket: UpstreamWindow.Ticket, _ error: PipelineError) {
        self.quota.window.lost(ticket, wasSent: error.mayHaveArrived)
    }

    /// The smaller of what the session and the upstream have left; of two that are equal, the one that lasts longer.
    mutating func budget(session name: String, now: Instant) -> Budget {
        let own = self.quota.bucket(ClientRequest.Bucket(name: name)).budget(now: now)
        guard let shared = self.quota.window.budget(now: now) else { return own }
        return (shared.remaining, own.resetsIn) < (own.remaining, shared.resetsIn) ? shared : own
    }

    private mutating func withSession<Result>(_ name: String, _ body: (inout Session) -> Result) -> Result {
        if let index = self.sessions.index(forKey: name) { return body(&self.sessions.values[index]) }
        var session = self.newSession()
        defer { self.sessions[name] = session }
        return body(&session)
    }

    private mutating func newSession() -> Session {
        self.nextSession += 1
        return Session(
            number: self.nextSession,
            cache: ResponseCache(
                capacityBytes: self.configuration.cacheBytesPerSession,
                staleTime: max(self.configuration.staleIfError, self.configuration.staleWhileRevalidate),
                negativeTime: self.configuration.negativeTime))
    }
}
