import JSON
import Logging
import Observability
import Synchronization

extension Pipeline {
    /// How long after its time an answer may still be given.
    struct Staleness {
        let whileRevalidating: Duration
        let ifError: Duration
    }

    /// Asks for what is known only from an answer whose time is over.
    func sendOver(
        _ stale: PipelineState.Stale, _ request: ResolvedRequest, _ call: PipelineCall, _ place: PipelineState.Place
    ) async throws(PipelineError) -> Read {
        var request = request
        if stale.answer.entityTag != nil { request.known = stale.answer }
        if call.client?.maximumAge == nil, stale.staleBy < self.staleness.whileRevalidating {
            var refresh = call
            refresh.priority = .background
            // Awaited by nobody: it ends by its time-outs, and what comes of it is in the cache.
            Task { [refresh, request] in _ = try? await self.sendShared(request, refresh, place) }
            return self.read(stale)
        }
        do throws(PipelineError) {
            return try await self.sendShared(request, call, place)
        } catch {
            guard error.allowsStale, stale.staleBy < self.staleness.ifError else { throw error }
            self.logger.info(
                "an older answer is given instead of none",
                metadata: [
                    LogKey.phase: "cache", LogKey.route: "\(request.route.id)",
                    LogKey.errorCode: "\(error.code.rawValue)",
                ])
            var read = self.read(stale)
            read.exchanges = error.exchanges
            read.retries = max(0, error.exchanges - 1)
            return read
        }
    }

    private func read(_ stale: PipelineState.Stale) -> Read {
        self.state.withLock { state in
            state.counters.cacheHits += 1
            state.counters.stale += 1
        }
        return Read(answer: stale.answer, source: .stale(age: stale.age), exchanges: 0, freshFor: stale.freshFor)
    }

    /// Runs `body`, but not for longer than a call may take.
    func inTime(
        _ body: @escaping @Sendable () async throws(PipelineError) -> Fetched
    ) async throws(PipelineError) -> Fetched {
        let outcome = await withTaskGroup(of: Result<Fetched, PipelineError>?.self) { group in
            group.addTask {
                do throws(PipelineError) { return .success(try await body()) } catch { return .failure(error) }
            }
            group.addTask {
                guard (try? await self.environment.alarm(self.callTimeout)) != nil else { return nil }
                return .failure(
                    PipelineError(
                        .timedOut, origin: .gateway, status: 504,
                        message: "there was no answer within \(self.callTimeout.wholeSecondsUp) s"))
            }
            defer { group.cancelAll() }
            for await outcome in group { if let outcome { return outcome } }
            return .failure(.cancelled)
        }
        return try outcome.get()
    }

    /// Breaker, then quota.
    func admit(
        _ call: PipelineCall, _ request: ResolvedRequest, attempt: Int, after lastError: PipelineError?
    ) async throws(PipelineError) -> UpstreamWindow.Ticket {
        let now = self.environment.now()
        let decision = self.state.withLock { state in
            if attempt == 1 { state.retryBudget.countFirstTry() }
            let decision = state.breaker.ask(now: now)
            guard case .wait = decision else { return decision }
            if lastError == nil { state.counters.refused += 1 } else { state.counters.failed += 1 }
            return decision
        }
        if case .wait(let wait) = decision { throw lastError ?? .upstreamDown(retryAfter: wait) }
        do throws(PipelineError) {
            return try await self.reserve(call, request, attempt: attempt, after: lastError)
        } catch {
            self.state.withLock { $0.breaker.toldNothing(now: self.environment.now()) }
            throw error
        }
    }

    /// Whether the upstream is well is learned from what it was asked anyway.
    func learnHealth(from error: PipelineError) {
        let now = self.environment.now()
        self.state.withLock { state in
            if error.isOutage {
                state.breaker.failed(now: now)
            } else if error.origin == .upstream {
                state.breaker.succeeded()
            } else {
                state.breaker.toldNothing(now: now)
            }
        }
    }

    /// Whether a 401 means the token: an upstream that has lost its database refuses all of them.
    func explained(_ refusal: PipelineError, _ call: PipelineCall) async -> PipelineError {
        guard let health = self.healthRoute else { return refusal }
        let now = self.environment.now()
        if let until = self.state.withLock({ $0.blindUntil }), until > now { return self.blind(refusal) }
        let probe = PipelineCall(route: health, arguments: [:], session: call.session, token: nil)
        guard let request = try? self.routes.resolve(probe, prefix: self.prefix) else { return refusal }
        // Public, so one probe tells all sessions.
        let place = PipelineState.Place(session: "", number: 0, epoch: 0, key: request.key)
        let (outcome, _) = await self.flights.run(place) {
            do throws(PipelineError) { return .success(try await self.fetch(request, probe)) } catch {
                return .failure(error)
            }
        }
        guard case .failure(let error) = outcome else { return refusal }
        if error.code == .upstreamFailure {
            self.state.withLock { $0.blindUntil = now + .seconds(5) }
        }
        return self.blind(refusal)
    }

    private func blind(_ refusal: PipelineError) -> PipelineError {
        var error = PipelineError(
            .upstreamFailure, origin: .upstream, status: 503,
            message: "the upstream cannot check logins now: its database is not reachable", retryAfter: .seconds(5),
            hint: "the login is kept: try again, do not log in again")
        error.exchanges = refusal.exchanges
        return error
    }
}
