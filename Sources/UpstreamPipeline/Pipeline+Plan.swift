import Synchronization

extension Pipeline {
    /// What some calls of one route would take upstream.
    package struct Need: Sendable, Equatable {
        /// Of the requests, which for elements of a list is the list's.
        package var route: String
        package var calls: Int
        package var requests: Int
    }

    /// What calls that the cache does not answer would take if they were sent together, repeats not counted.
    ///
    /// Each must have passed ``answerFromCache(_:)``; one that cannot be resolved counts nothing.
    package func needs(of calls: [PipelineCall]) -> [Need] {
        var groups: [(route: Route, session: String, requests: [ResolvedRequest], calls: Int)] = []
        for call in calls {
            guard let request = self.firstRequest(of: call) else { continue }
            if let index = groups.firstIndex(where: { $0.route.id == request.route.id }) {
                groups[index].requests.append(request)
                groups[index].calls += 1
            } else {
                groups.append((request.route, call.session, [request], 1))
            }
        }
        return groups.map { group in
            Need(
                route: group.route.id, calls: group.calls,
                requests: self.requestCount(group.requests, session: group.session))
        }
    }

    /// - Throws: what ``send(_:)`` would throw because of route or arguments.
    package func check(_ call: PipelineCall) throws(PipelineError) {
        _ = try self.routes.resolve(call, prefix: self.prefix)
    }

    /// What would be sent first: for an element of a paged list the first page that is not kept.
    private func firstRequest(of call: PipelineCall) -> ResolvedRequest? {
        guard let request = try? self.routes.resolve(call, prefix: self.prefix) else { return nil }
        guard let pick = request.route.pick else { return request }
        for page in 1... {
            guard let list = try? self.routes.resolve(pick.read(ofPage: page, for: call), prefix: self.prefix) else {
                return nil
            }
            guard case .hit = self.look(list, call), pick.pages != nil else { return list }
        }
        return nil
    }

    /// The requests of one route that the batcher makes of reads that come at the same time.
    private func requestCount(_ requests: [ResolvedRequest], session: String) -> Int {
        var (different, alone) = ([ResolvedRequest](), 0)
        for request in requests {
            guard request.isShareable else {
                alone += 1
                continue
            }
            if !different.contains(where: { $0.key == request.key }) { different.append(request) }
        }
        guard let merge = requests.first?.route.merge, self.batchWindow > .zero else { return alone + different.count }
        return alone
            + Dictionary(grouping: different, by: \.path).values.reduce(0) { count, requests in
                let reads = requests.compactMap(ListRead.init)
                let density = self.state.withLock {
                    $0.expectedDensity(Set(reads.map(\.dayFamily)), session: session)
                }
                let plan = MergePlan(maximumLimit: merge.maximumLimit, elementsPerDay: density)
                return count + plan.fetches(for: reads).count
            }
    }
}
