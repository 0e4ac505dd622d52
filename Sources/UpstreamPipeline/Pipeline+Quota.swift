import Logging
import Observability
import Synchronization

/// The next moment at which the queue is looked at again.
struct QuotaTimer {
    let at: ContinuousClock.Instant
    let task: Task<Void, Never>
}

extension Pipeline {
    /// Waits for a turn to send one request.
    ///
    /// - Throws: the quota's refusal; for a repeat, what made it necessary, since that says more.
    func reserve(
        _ call: PipelineCall, _ request: ResolvedRequest, attempt: Int, after lastError: PipelineError?
    ) async throws(PipelineError) -> UpstreamWindow.Ticket {
        let priority = request.route.writeClass == .read ? call.priority : .write
        // A repeat has waited already.
        let deadline = self.environment.now() + (lastError == nil ? self.queueTimeout : .zero)
        let id = self.state.withLock { $0.quota.newID() }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                self.settle { state in
                    state.quota.join(id, bucket: call.bucket, priority: priority, deadline: deadline)
                    state.waiting[id] = waiter
                }
                // A cancellation that came before there was anything to leave.
                if Task.isCancelled { self.leaveQueue(id) }
            }
        } onCancel: {
            self.leaveQueue(id)
        }
        switch outcome {
        case .success(let ticket):
            self.state.withLock { state in
                state.counters.sent += 1
                state.counters.retried += attempt > 1 ? 1 : 0
            }
            self.keepQuota()
            return ticket
        case .failure(let refusal):
            self.state.withLock { state in
                if lastError == nil { state.counters.refused += 1 } else { state.counters.failed += 1 }
            }
            throw lastError ?? refusal
        }
    }

    /// Changes the state, then gives everybody their turn whose turn it has become.
    func settle(_ change: (inout PipelineState) -> Void) {
        let now = self.environment.now()
        let (resumed, next) = self.state.withLock { state in
            change(&state)
            let (outcomes, next) = state.quota.decide(now: now)
            let resumed = outcomes.compactMap { id, outcome in
                state.waiting.removeValue(forKey: id).map { ($0, outcome) }
            }
            return (resumed, next)
        }
        for (waiter, outcome) in resumed { waiter.resume(returning: outcome) }
        if let next { self.wake(at: next, now: now) }
    }

    private func leaveQueue(_ id: Int) {
        self.settle { state in
            state.quota.leave(id)
            state.waiting.removeValue(forKey: id)?.resume(returning: .failure(.cancelled))
        }
    }

    /// The task is awaited by nobody: it ends when its moment comes, or when an earlier one takes its place.
    private func wake(at moment: ContinuousClock.Instant, now: ContinuousClock.Instant) {
        self.timer.withLock { timer in
            if let current = timer, current.at <= moment, current.at > now { return }
            timer?.task.cancel()
            timer = QuotaTimer(
                at: moment,
                task: Task { [weak self, environment = self.environment] in
                    guard (try? await environment.alarm(max(.milliseconds(1), moment - now))) != nil else { return }
                    self?.settle { _ in }
                })
        }
    }

    /// Before anything is sent, the file allows no more than is left.
    private func keepQuota() {
        guard let file = self.quotaFile else { return }
        let now = self.environment.now()
        guard let snapshot = self.state.withLock({ $0.quota.window.snapshot(now: now) }) else { return }
        if !file.keep(snapshot) {
            self.logger.error(
                "the quota's file cannot be written: a restart will not know what was spent",
                metadata: [LogKey.phase: "quota"])
        }
    }
}
