import JSON
import NIOCore
import Synchronization
import TokenVault

extension Pipeline {
    /// Reads that may share a request: of one list, by one principal, asked for within one window.
    struct BatchKey: Hashable {
        /// Session and epoch tell principals apart: another token begins another epoch.
        let session: String
        let number: Int
        let epoch: Int
        let path: String
        /// Of the gathering; nil is the one that is open.
        var gathering: Int?
    }

    /// Waits a moment for reads that can share a request, and shares it.
    func fetchBatched(
        _ request: ResolvedRequest, _ call: PipelineCall, _ place: PipelineState.Place
    ) async throws(PipelineError) -> Fetched {
        guard request.route.merge != nil, self.batchWindow > .zero else { return try await self.fetch(request, call) }
        let open = BatchKey(
            session: place.session, number: place.number, epoch: place.epoch, path: request.path, gathering: nil)
        var key = open
        let gathering = self.state.withLock { $0.gatherings.join(open, request) }
        key.gathering = gathering
        let (outcome, _) = await self.batches.run(key) {
            try? await self.environment.alarm(self.batchWindow)
            let requests = self.state.withLock { $0.gatherings.close(open, number: gathering) }
            return .success(await self.fetchTogether(requests, call, place, mergesDays: true))
        }
        guard let own = try outcome.get()[request.target] else { return try await self.fetch(request, call) }
        return try own.get()
    }

    /// Answers all requests, by their targets, with as few as the plan finds.
    private func fetchTogether(
        _ requests: [ResolvedRequest], _ call: PipelineCall, _ place: PipelineState.Place, mergesDays: Bool
    ) async -> [String: Result<Fetched, PipelineError>] {
        guard let merge = requests.first?.route.merge else { return [:] }
        let reads = requests.compactMap(ListRead.init)
        let density = self.state.withLock { state in
            state.expectedDensity(Set(reads.map(\.dayFamily)), session: place.session)
        }
        let plan = MergePlan(maximumLimit: merge.maximumLimit, elementsPerDay: density)
        return await withTaskGroup { group in
            for fetch in plan.fetches(for: reads, mergesDays: mergesDays) {
                group.addTask { await self.fetch(fetch, of: requests, reads, call, place, merge) }
            }
            var results: [String: Result<Fetched, PipelineError>] = [:]
            for await part in group { results.merge(part) { first, _ in first } }
            return results
        }
    }

    /// Sends one request of the plan and gives each of its reads its part.
    private func fetch(
        _ fetch: MergePlan.Fetch, of requests: [ResolvedRequest], _ reads: [ListRead], _ call: PipelineCall,
        _ place: PipelineState.Place, _ merge: Merge
    ) async -> [String: Result<Fetched, PipelineError>] {
        let members = fetch.members
        let outcome: Result<Fetched, PipelineError>
        do throws(PipelineError) {
            outcome = .success(try await self.fetch(fetch.request(for: requests), call))
        } catch { outcome = .failure(error) }
        if case .alone(let member) = fetch {
            if reads[member].days != nil, case .success(let fetched) = outcome,
                let answer = MergedAnswer(fetched.answer.body, merge: merge)
            {
                self.state.withLock { $0.learn(reads[member], elements: answer.total, at: place) }
            }
            return [requests[member].target: outcome]
        }
        var results: [String: Result<Fetched, PipelineError>] = [:]
        switch outcome {
        case .success(let fetched):
            let parts = self.parts(of: fetched, fetch, requests, reads, merge, place)
            for (member, body) in parts {
                var part = fetched
                part.answer = ResponseCache.Answer(
                    status: fetched.answer.status, fields: fetched.answer.fields, body: body)
                if !results.isEmpty { (part.exchanges, part.retries, part.isBatched) = (0, 0, true) }
                results[requests[member].target] = .success(part)
            }
        case .failure(var error) where !error.isAboutTheQuestion:
            for member in members {
                results[requests[member].target] = .failure(error)
                error.exchanges = 0
            }
        case .failure: break
        }
        let rest = members.filter { results[requests[$0].target] == nil }.map { requests[$0] }
        // Days that helped somebody may help again; those that did not are not tried twice.
        guard !rest.isEmpty else { return results }
        let isDays = if case .days = fetch { true } else { false }
        if isDays {
            let more = await self.fetchTogether(rest, call, place, mergesDays: !results.isEmpty)
            return results.merging(more) { first, _ in first }
        }
        for request in rest {
            do throws(PipelineError) {
                results[request.target] = .success(try await self.fetch(request, call))
            } catch { results[request.target] = .failure(error) }
        }
        return results
    }

    /// What of a merged answer belongs to whom.
    private func parts(
        of fetched: Fetched, _ fetch: MergePlan.Fetch, _ requests: [ResolvedRequest], _ reads: [ListRead],
        _ merge: Merge, _ place: PipelineState.Place
    ) -> [(Int, ByteBuffer)] {
        guard let answer = MergedAnswer(fetched.answer.body, merge: merge) else { return [] }
        switch fetch {
        case .alone: return []
        case .pages(let members, _, _):
            return members.compactMap { member in answer.body(forPage: reads[member]).map { (member, $0) } }
        case .days(let members, let days):
            if let asked = ListRead(fetch.request(for: requests)) {
                self.state.withLock { $0.learn(asked, elements: answer.total, at: place) }
            }
            return members.compactMap { member in
                answer.body(for: reads[member], requests[member], within: days).map { (member, $0) }
            }
        }
    }

    /// Takes one element out of a list, reading no further than needed.
    func sendPicked(
        _ pick: Pick, _ request: ResolvedRequest, _ call: PipelineCall
    ) async throws(PipelineError) -> PipelineReply {
        let id = call.arguments[pick.parameter]?.stringValue?.lowercased() ?? ""
        var (page, exchanges, source) = (1, 0, PipelineReply.Source.batched)
        var (retries, queueWait) = (0, Duration.zero)
        while true {
            let list = pick.read(ofPage: page, for: call)
            let read: Read
            do throws(PipelineError) {
                read = try await self.read(self.routes.resolve(list, prefix: self.prefix), list)
            } catch {
                var error = error
                error.exchanges += exchanges
                throw error
            }
            exchanges += read.exchanges
            retries += read.retries
            queueWait += read.queueWait
            source = exchanges > 0 ? .upstream : read.source
            if source == .coalesced { source = .batched }
            let answer = read.answer
            if let element = answer.content.element(id, pick) {
                if source == .batched { self.state.withLock { $0.counters.batched += 1 } }
                var reply = PipelineReply(
                    status: 200, contentType: answer.contentType, body: element, source: source, exchanges: exchanges)
                (reply.retries, reply.queueWait) = (retries, queueWait)
                (reply.fields, reply.freshFor) = (answer.fields, read.freshFor)
                return reply
            }
            guard pick.pages != nil, answer.hasNextPage else { break }
            page += 1
        }
        throw pick.absence(exchanges: exchanges)
    }
}

extension PipelineError {
    /// The merged request may have been refused for what it asked, which its parts did not.
    fileprivate var isAboutTheQuestion: Bool {
        switch self.code {
        case .badRequest, .unprocessable, .responseTooLarge, .invalidArguments: true
        default: false
        }
    }
}
