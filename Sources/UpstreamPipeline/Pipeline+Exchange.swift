import Logging
import Synchronization
import TokenVault
import Observability

extension Pipeline {
    /// A read: identical ones under way share one exchange, and the answer is kept.
    func sendShared(
        _ request: ResolvedRequest, _ call: PipelineCall, _ place: PipelineState.Place
    ) async throws(PipelineError) -> Read {
        let (outcome, isShared) = await self.flights.run(place) {
            do throws(PipelineError) {
                let fetched = try await self.inTime { () async throws(PipelineError) in
                    try await self.fetchBatched(request, call, place)
                }
                return .success(self.keep(fetched, request, call, place))
            } catch {
                // Whoever holds this token may no longer see what it once could.
                if error.code == .unauthorized { self.clearCache(session: call.session) }
                let now = self.environment.now()
                self.state.withLock { $0.store(error, at: place, route: request.route, now: now) }
                return .failure(error)
            }
        }
        switch outcome {
        case .success(let fetched):
            guard isShared else {
                let source: PipelineReply.Source = fetched.isBatched ? .batched : .upstream
                if fetched.isBatched { self.state.withLock { $0.counters.batched += 1 } }
                return Read(
                    answer: fetched.answer, source: source, exchanges: fetched.exchanges, retries: fetched.retries,
                    queueWait: fetched.queueWait, freshFor: fetched.freshFor, isConfirmed: fetched.isConfirmed)
            }
            self.state.withLock { $0.counters.coalesced += 1 }
            return Read(
                answer: fetched.answer, source: .coalesced, exchanges: 0, queueWait: fetched.queueWait,
                freshFor: fetched.freshFor)
        case .failure(var error):
            if isShared { error.exchanges = 0 }
            throw error
        }
    }

    /// Stores an answer in its smallest form; readers get it as it came.
    private func keep(
        _ fetched: Fetched, _ request: ResolvedRequest, _ call: PipelineCall, _ place: PipelineState.Place
    ) -> Fetched {
        guard call.client?.mayStore ?? true, request.route.timeToLive != nil else { return fetched }
        var fetched = fetched
        let kept = fetched.answer.kept(self.packer, key: request.route.merge == nil ? nil : request.key)
        let now = self.environment.now()
        fetched.freshFor = self.state.withLock { $0.store(kept, at: place, route: request.route, now: now) }
        return fetched
    }

    /// Anything that is not a plain read: sent once for each call, never kept.
    func sendAlone(_ request: ResolvedRequest, _ call: PipelineCall) async throws(PipelineError) -> PipelineReply {
        do throws(PipelineError) {
            let fetched = try await self.fetch(request, call)
            self.state.withLock { $0.invalidate(request.route.invalidates) }
            return PipelineReply(
                Read(
                    answer: fetched.answer, source: .upstream, exchanges: fetched.exchanges, retries: fetched.retries,
                    queueWait: fetched.queueWait))
        } catch {
            if error.exchanges > 0, error.mayHaveArrived, !error.isRefusal {
                // The write may have happened all the same.
                self.state.withLock { $0.invalidate(request.route.invalidates) }
            }
            throw error
        }
    }

    /// Quota, retry, transport.
    func fetch(_ request: ResolvedRequest, _ call: PipelineCall) async throws(PipelineError) -> Fetched {
        var (attempt, lastError, queueWait) = (1, nil as PipelineError?, Duration.zero)
        while true {
            let asked = self.environment.now()
            let ticket = try await self.admit(call, request, attempt: attempt, after: lastError)
            queueWait += self.environment.now() - asked
            let failure: RetryPolicy.Failure
            var error: PipelineError
            do throws(PipelineError) {
                let response = try await self.exchange(request, call, ticket, attempt: attempt)
                if response.status == 304, let known = request.known {
                    self.state.withLock { $0.breaker.succeeded() }
                    return Fetched(
                        answer: known, exchanges: attempt, queueWait: queueWait, retries: attempt - 1, isConfirmed: true
                    )
                }
                let answer = UpstreamAnswer(
                    response: response, route: request.route, epoch: self.environment.epoch(), pool: self.fieldPool)
                do throws(PipelineError) {
                    let accepted = try answer.accepted()
                    self.state.withLock { $0.breaker.succeeded() }
                    return Fetched(
                        answer: accepted, exchanges: attempt, queueWait: queueWait, retries: attempt - 1)
                } catch let refusal {
                    error = refusal
                    failure = .status(response.status, retryAfter: refusal.retryAfter)
                }
            } catch let loss {
                error = loss
                failure = .noAnswer(loss)
            }
            error.exchanges = attempt
            self.learnHealth(from: error)
            if error.code == .unauthorized, request.route.access != .open { error = await self.explained(error, call) }
            try await self.pause(after: failure, error, attempt: attempt, request)
            (attempt, lastError) = (attempt + 1, error)
        }
    }

    /// One exchange, settled with the quota whatever comes of it.
    private func exchange(
        _ request: ResolvedRequest, _ call: PipelineCall, _ ticket: UpstreamWindow.Ticket, attempt: Int
    ) async throws(PipelineError) -> TransportResponse {
        let start = self.environment.now()
        var metadata: Logger.Metadata = [
            LogKey.phase: "transport", LogKey.route: "\(request.route.id)", LogKey.attempt: "\(attempt)",
        ]
        do throws(PipelineError) {
            let response = try await self.transport.exchange(
                self.transportRequest(request, call))
            let now = self.environment.now()
            self.settle { $0.settle(ticket, response, now: now, epoch: self.environment.epoch()) }
            metadata[LogKey.status] = "\(response.status)"
            metadata[LogKey.durationMilliseconds] = "\((now - start) / .milliseconds(1))"
            self.logger.debug("upstream answered", metadata: metadata)
            return response
        } catch {
            self.settle { $0.settle(ticket, error) }
            metadata[LogKey.errorCode] = "\(error.code.rawValue)"
            self.logger.warning("upstream gave no usable answer", metadata: metadata)
            throw error
        }
    }

    private func transportRequest(_ request: ResolvedRequest, _ call: PipelineCall) -> TransportRequest {
        var sent = TransportRequest(
            method: request.method, target: request.target, token: call.token, body: request.body)
        sent.contentType = request.contentType
        sent.entityTag = request.known?.entityTag
        return sent
    }

    /// Waits before the next try, or throws `error` when there is none.
    private func pause(
        after failure: RetryPolicy.Failure, _ error: PipelineError, attempt: Int, _ request: ResolvedRequest
    ) async throws(PipelineError) {
        let decision = self.retry.next(
            after: failure, attempt: attempt, request: request, random: self.environment.random())
        guard case .retry(let wait) = decision, self.state.withLock({ $0.retryBudget.take() }) else {
            self.state.withLock { $0.counters.failed += 1 }
            throw error
        }
        self.logger.info(
            "upstream call is repeated",
            metadata: [
                LogKey.phase: "retry", LogKey.route: "\(request.route.id)", LogKey.errorCode: "\(error.code.rawValue)",
                LogKey.attempt: "\(attempt)", LogKey.waitMilliseconds: "\(wait / .milliseconds(1))",
            ])
        do { try await self.environment.sleep(wait) } catch {
            var cancelled = PipelineError.cancelled
            cancelled.exchanges = attempt
            throw cancelled
        }
    }
}

extension PipelineError {
    /// The upstream understood the call and did not carry it out.
    fileprivate var isRefusal: Bool {
        switch self.code {
        case .unknownRoute, .invalidArguments, .writeRefused, .notLoggedIn, .rateLimited, .badRequest, .unauthorized,
            .forbidden, .notFound, .conflict, .unprocessable, .upstreamRateLimited:
            true
        case .upstreamFailure, .unreachable, .timedOut, .badResponse, .responseTooLarge, .upstreamDown: false
        }
    }
}
