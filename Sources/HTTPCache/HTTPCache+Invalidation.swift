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

    /// Forgets every stored answer to one target; what is on its way will not be stored either.
    package func purge(authority: String, target: String, zone: String = "") {
        let key = CacheKey(zone: zone, authority: authority, target: target)
        self.state.withLock { $0.invalidate(key) }
    }

    /// Forgets the answers to every target that begins with `prefix`, looking at every entry.
    ///
    /// - Returns: how many targets had one.
    @discardableResult
    package func purge(authority: String, prefix: String, zone: String = "") -> Int {
        let start = CacheKey.text(zone: zone, authority: authority, target: prefix)
        return self.state.withLock { state in state.removeAll { $0.isKept(underPrefix: start) } }
    }

    /// Forgets what belongs to a group of an origin (RFC 9875).
    package func purge(authority: String, group: String, zone: String = "") {
        let origin = CacheKey.text(zone: zone, authority: authority, target: "")
        self.state.withLock { $0.invalidate(group: CacheGroups.mark(group, origin: origin)) }
    }

    /// Forgets everything.
    package func purgeAll() { _ = self.state.withLock { state in state.removeAll { _ in true } } }
}
