import NIOCore
import NIOHTTP1
import Synchronization

extension HTTPCache {
    /// What compresses the stored form of an answer that was given plain, for the next who takes gzip; others then get it
    /// unpacked.
    ///
    /// - Returns: work for a thread that has time; nil when somebody is at it.
    package func packing(_ answer: CachedAnswer) -> (@Sendable () -> Void)? {
        let stored = answer.stored
        let key = CacheKey(stored.key)
        guard self.state.withLock({ $0.packing.insert(key).inserted }) else { return nil }
        return {
            let packed = stored.repacked(self.packed(stored.body), sharing: self.commonLines)
            self.state.withLock { state in
                state.packing.remove(key)
                if let packed { state.replace(stored, with: packed, under: key) }
            }
        }
    }
}

extension StoredResponse {
    /// The same with a compressed body, or, without one, no longer to be compressed.
    fileprivate func repacked(_ body: ByteBuffer?, sharing table: CommonLineTable) -> StoredResponse? {
        var facts = self.facts
        facts.flags.remove(.isPackable)
        var headers = self.headers
        if body != nil {
            facts.flags.insert(.isCompressed)
            headers.remove(name: "accept-ranges")
        }
        return StoredResponse.make(
            Parts(
                facts: facts, key: self.key, selectors: self.selectors, groups: self.groups, headers: headers,
                body: body ?? self.body, plainBytes: Int(self.layout.plainBytes), part: self.part,
                leniency: self.leniency), sharing: table)
    }
}
