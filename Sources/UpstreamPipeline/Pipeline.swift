package import Logging
import Synchronization
import TokenVault

/// Sends calls upstream through the phases route, gate, cache, batch (single flight), quota, retry, transport.
package final class Pipeline: Sendable {
    /// An answer from upstream and what it took.
    struct Fetched: Sendable {
        var answer: ResponseCache.Answer
        var exchanges: Int
        /// Spent waiting for a turn.
        var queueWait: Duration = .zero
        /// Of ``exchanges``, the repeats after a failure.
        var retries = 0
        /// Another read's request brought the answer along.
        var isBatched = false
        /// The upstream confirmed an older answer.
        var isConfirmed = false
        /// How long the answer is kept; nil when it is not.
        var freshFor: Duration?
    }

    /// Which cached answers to forget before their time.
    package enum Purge: Sendable, Equatable {
        case all
        case group(String)
        /// By ``Route/id``.
        case route(String)
    }

    /// An answer on its way to a caller.
    struct Read: Sendable {
        var answer: ResponseCache.Answer
        var source: PipelineReply.Source
        var exchanges: Int
        var retries = 0
        var queueWait: Duration = .zero
        var freshFor: Duration?
        var isConfirmed = false
    }

    let routes: RouteTable
    let prefix: String
    let gate = CallGate()
    let retry: RetryPolicy
    let transport: any Transport
    let environment: PipelineEnvironment
    let logger: Logger
    let state: Mutex<PipelineState>
    let flights = SingleFlight<PipelineState.Place, Fetched>()
    let batches = SingleFlight<BatchKey, [String: Result<Fetched, PipelineError>]>()
    let batchWindow: Duration
    let queueTimeout: Duration
    let staleness: Staleness
    let callTimeout: Duration
    let healthRoute: String?
    let quotaFile: QuotaFile?
    let timer = Mutex<QuotaTimer?>(nil)
    let fieldPool = AnswerFieldPool()
    let packer: Packer

    package convenience init(
        configuration: PipelineConfiguration, routes: RouteTable, transport: any Transport, logger: Logger,
        environment: PipelineEnvironment = .system
    ) {
        self.init(
            configuration: configuration, routes: routes, transport: transport, logger: logger,
            environment: environment, quotaClocks: .system)
    }

    init(
        configuration: PipelineConfiguration, routes: RouteTable, transport: any Transport, logger: Logger,
        environment: PipelineEnvironment, quotaClocks: QuotaFile.Clocks
    ) {
        self.routes = routes
        self.prefix = configuration.prefix
        self.retry = RetryPolicy(attempts: max(1, configuration.attempts))
        self.batchWindow = configuration.batchWindow
        self.transport = transport
        self.environment = environment
        self.logger = logger
        self.queueTimeout = configuration.queueTimeout
        self.staleness = Staleness(
            whileRevalidating: configuration.staleWhileRevalidate, ifError: configuration.staleIfError)
        self.callTimeout = configuration.callTimeout
        self.healthRoute = configuration.healthRoute
        self.packer = Packer(minimumBytes: configuration.packedBytes)
        var state = PipelineState(configuration: configuration)
        self.quotaFile = configuration.quotaFile.map { QuotaFile(path: $0, clocks: quotaClocks) }
        if let snapshot = self.quotaFile?.load() { state.quota.window.restore(snapshot, now: environment.now()) }
        self.state = Mutex(state)
    }

    /// Answers one call.
    ///
    /// - Throws: ``PipelineError``; upstream statuses of 400 and above are errors too.
    package func send(_ call: PipelineCall) async throws(PipelineError) -> PipelineReply {
        let request = try self.admit(call)
        if let pick = request.route.pick { return try await self.sendPicked(pick, request, call) }
        guard request.isShareable else { return try await self.sendAlone(request, call) }
        let read = try await self.read(request, call)
        return PipelineReply(read)
    }

    /// Cache, then what is under way, then the upstream.
    func read(_ request: ResolvedRequest, _ call: PipelineCall) async throws(PipelineError) -> Read {
        switch self.look(request, call) {
        case .hit(let found): return Read(found)
        case .refusal(let refusal): throw refusal
        case .miss(let place, let stale):
            guard let stale else { return try await self.sendShared(request, call, place) }
            return try await self.sendOver(stale, request, call, place)
        }
    }

    /// What the cache knows.
    func look(_ request: ResolvedRequest, _ call: PipelineCall) -> PipelineState.Lookup {
        let principal = request.route.access == .open ? nil : call.login ?? call.token.map(Pipeline.fingerprint)
        let now = self.environment.now()
        let maximumAge = call.client?.maximumAge
        let lookup = self.state.withLock { state in
            let lookup = state.look(
                for: request, session: call.session, principal: principal, maximumAge: maximumAge, now: now)
            switch lookup {
            case .hit, .refusal: state.counters.cacheHits += 1
            case .miss: break
            }
            return lookup
        }
        guard case .miss(_, nil) = lookup, maximumAge == nil, request.route.merge != nil,
            let part = self.partOfKept(request, call, now)
        else { return lookup }
        self.state.withLock { $0.counters.cacheHits += 1 }
        return .hit(part)
    }

    /// What larger kept answers of the same list hold.
    private func partOfKept(
        _ request: ResolvedRequest, _ call: PipelineCall, _ now: ContinuousClock.Instant
    ) -> PipelineState.Hit? {
        let kept = self.state.withLock { $0.fresh(of: request.route.id, session: call.session, now: now) }
        for (key, found) in kept {
            guard case .answer(let answer) = found.stored, let known = request.read(under: key),
                let body = CachedCover.body(for: request, from: known, answer)
            else { continue }
            return PipelineState.Hit(
                answer: ResponseCache.Answer(status: answer.status, fields: answer.fields, body: body), age: found.age,
                freshFor: found.freshFor)
        }
        return nil
    }

    /// Forgets the session's cache and limiter; its flights end unheard.
    package func endSession(_ session: String) { self.state.withLock { $0.endSession(session) } }

    /// Drops the session's cached answers, as after a login with other credentials.
    package func clearCache(session: String) { self.state.withLock { $0.clearCache(session) } }

    /// Forgets cached answers of all sessions.
    ///
    /// - Returns: how many.
    package func purge(_ selection: Purge) -> Int { self.state.withLock { $0.purge(selection) } }

    /// What is left of a bucket, and of the upstream's window as far as that is known.
    package func budgets(of bucket: ClientRequest.Bucket) -> (own: Budget, shared: Budget?) {
        let now = self.environment.now()
        return self.state.withLock { ($0.quota.bucket(bucket).budget(now: now), $0.quota.window.budget(now: now)) }
    }

    /// What is left of the upstream's window and of the session's bucket, whichever is less.
    package func budget(session: String) -> Budget {
        let now = self.environment.now()
        return self.state.withLock { $0.budget(session: session, now: now) }
    }

    /// What is left of the upstream's window; nil while nothing is known of it.
    package var windowBudget: Budget? {
        let now = self.environment.now()
        return self.state.withLock { $0.quota.window.budget(now: now) }
    }

    /// Calls that wait for their turn.
    package var waitingCount: Int { self.state.withLock { $0.quota.waitingCount } }

    /// Whether the upstream is left alone because it did not answer.
    package var isUpstreamDown: Bool { self.state.withLock { $0.breaker.state != .closed } }

    /// What all calls since the start came to.
    package var counters: PipelineCounters { self.state.withLock { $0.counters } }

    /// Route and gate.
    private func admit(_ call: PipelineCall) throws(PipelineError) -> ResolvedRequest {
        do throws(PipelineError) {
            let request = try self.routes.resolve(call, prefix: self.prefix)
            // An HTTP client's own writes are its own affair.
            if call.client == nil { try self.gate.check(request.route, token: call.token) }
            self.state.withLock { $0.counters.asked += 1 }
            return request
        } catch {
            self.state.withLock { $0.counters.refused += 1 }
            throw error
        }
    }

    /// A number that tells tokens apart in this process and gives none of them away.
    private static func fingerprint(_ token: Secret<String>) -> Int { token.reveal(\.hashValue) }
}

extension Pipeline.Read {
    /// A fresh answer from the cache.
    init(_ found: PipelineState.Hit) {
        self.init(
            answer: found.answer, source: .cache(age: found.age), exchanges: 0, freshFor: found.freshFor)
    }
}
