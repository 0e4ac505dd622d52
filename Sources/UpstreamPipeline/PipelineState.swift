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
        case hit(ResponseCache.Answer, age: Duration)
        case miss(Place)
    }
    private struct Session {
        let number: Int
        var cache: ResponseCache
        var bucket: TokenBucket
        var density = DensityMemory()
        /// Fingerprint of the token whose answers are in the cache.
        var principal: Int?
    }

    private let configuration: PipelineConfiguration
    private var sessions: [String: Session] = [:]
    private var nextSession = 0
    private var window: UpstreamWindow
    var gatherings = Gatherings<Pipeline.BatchKey, ResolvedRequest>()
    var counters = PipelineCounters()

    init(configuration: PipelineConfiguration) {
        self.configuration = configuration
        self.window = UpstreamWindow(assumedLimit: configuration.rateLimit)
    }

    // MARK: Cache

    /// Looks for a cached answer.
    ///
    /// Another token than before empties the session's cache first.
    mutating func look(for request: ResolvedRequest, session name: String, principal: Int?, now: Instant) -> Lookup {
        self.withSession(name) { session in
            if let principal, principal != session.principal {
                if session.principal != nil { session.cache.removeAll() }
                session.principal = principal
            }
            if let (answer, age) = session.cache.find(request.key, now: now) { return .hit(answer, age: age) }
            return .miss(
                Place(session: name, number: session.number, epoch: session.cache.epoch, key: request.key))
        }
    }

    mutating func store(_ answer: ResponseCache.Answer, at place: Place, route: Route, now: Instant) {
        guard self.sessions[place.session]?.number == place.number else { return }
        self.sessions[place.session]?.cache.store(
            answer, key: place.key, route: route, askedIn: place.epoch, now: now)
    }

    /// Drops the groups' answers in every session: all of them see the same upstream data.
    mutating func invalidate(_ groups: Set<String>) {
        for name in Array(self.sessions.keys) { self.sessions[name]?.cache.invalidate(groups) }
    }

    mutating func clearCache(_ name: String) { self.sessions[name]?.cache.removeAll() }
    mutating func endSession(_ name: String) { self.sessions[name] = nil }

    // MARK: Batch

    /// The most that any of these families had for a day; nil while nothing is known of all of them.
    func expectedDensity(_ families: Set<[String: String]>, at place: Place) -> Double? {
        guard let density = self.sessions[place.session]?.density else { return nil }
        return families.compactMap(density.expected).max()
    }

    /// Learns how much a list had for its days.
    mutating func learn(_ read: ListRead, elements: Int, at place: Place) {
        guard self.sessions[place.session]?.number == place.number else { return }
        self.sessions[place.session]?.density.learn(read.dayFamily, elements: elements, days: read.days)
    }

    // MARK: Quota

    /// Takes one request out of the session's bucket and the upstream's window, or out of neither.
    mutating func reserve(session name: String, now: Instant) -> Result<UpstreamWindow.Ticket, PipelineError> {
        let bucketDecision = self.withSession(name) { ($0.bucket.take(now: now), $0.bucket) }
        if case (.refused(let retryAfter), let bucket) = bucketDecision {
            return .failure(QuotaRefusal.session(bucket, retryAfter: retryAfter))
        }
        switch self.window.reserve(now: now) {
        case .granted(let ticket): return .success(ticket)
        case .refused(let retryAfter):
            self.withSession(name) { $0.bucket.giveBack() }
            return .failure(QuotaRefusal.upstream(retryAfter: retryAfter))
        }
    }

    mutating func settle(_ ticket: UpstreamWindow.Ticket, _ response: TransportResponse, now: Instant, epoch: Int) {
        self.window.answered(ticket, report: WindowReport(response, epoch: epoch), now: now)
        if response.status == 429 {
            self.window.refused(retryAfter: response.retryAfter(epoch: epoch), now: now)
        }
    }

    mutating func settle(_ ticket: UpstreamWindow.Ticket, _ error: PipelineError) {
        self.window.lost(ticket, wasSent: error.mayHaveArrived)
    }

    /// The smaller of what the session and the upstream have left; of two that are equal, the one that lasts longer.
    mutating func budget(session name: String, now: Instant) -> Budget {
        let own =
            self.sessions[name]?.bucket.budget(now: now)
            ?? Budget(limit: self.configuration.rateLimit, remaining: self.configuration.rateLimit, resetsIn: .zero)
        guard let shared = self.window.budget(now: now) else { return own }
        return (shared.remaining, own.resetsIn) < (own.remaining, shared.resetsIn) ? shared : own
    }

    private mutating func withSession<Result>(_ name: String, _ body: (inout Session) -> Result) -> Result {
        // Taken out while it changes, so that nothing in it is copied.
        var session = self.sessions.removeValue(forKey: name) ?? self.newSession()
        defer { self.sessions[name] = session }
        return body(&session)
    }

    private mutating func newSession() -> Session {
        self.nextSession += 1
        return Session(
            number: self.nextSession, cache: ResponseCache(capacityBytes: self.configuration.cacheBytesPerSession),
            bucket: TokenBucket(limit: self.configuration.rateLimit, window: self.configuration.rateWindow))
    }
}
