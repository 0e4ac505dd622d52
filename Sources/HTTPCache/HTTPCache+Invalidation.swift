import NIOHTTP1
import Synchronization

extension HTTPCache {
    /// What an unsafe request changed is forgotten once it succeeded (RFC 9111, section 4.4; RFC 9875, section 3).
    ///
    /// - Returns: the count of invalidations after these; nil when nothing was to be forgotten.
    func invalidate(_ plan: ForwardPlan, _ code: Int, _ headers: HTTPHeaders) -> UInt64? {
        let targets = InvalidatedTargets.targets(of: plan.request, status: code, headers: headers)
        guard !targets.isEmpty else { return nil }
        let origin = String(plan.keyText.dropLast(plan.request.target.count))
        let groups = StructuredStrings.read(headers["cache-group-invalidation"]).map {
            CacheGroups.mark($0, origin: origin)
        }
        return self.state.withLock { state in
            for target in targets { state.invalidate(CacheKey(origin + target)) }
            for group in groups { state.invalidate(group: group) }
            return state.sequence
        }
    }
}
