import Synchronization

/// Which stored answers to forget before their time.
package enum CachePurge: Sendable, Equatable {
    /// Every answer to one target, path and query as clients ask for them.
    case target(String)
    /// The answers to all targets that begin so.
    case prefix(String)
    /// What belongs to a group of its origin (RFC 9875).
    case group(String)
    case all
}

extension HTTPCache {
    /// How many entries are looked at while others wait for the lock.
    private static let purgeStep = 4096

    /// Forgets stored answers; what was asked for before is not stored any more when it comes.
    ///
    /// One target of one host costs a look; all else looks at every entry, some at a time.
    ///
    /// - Parameters:
    ///   - host: as clients name it, with the port if they name one; nil means every host.
    ///   - zones: where a target of one host is looked for.
    /// - Returns: how many answers were forgotten.
    @discardableResult
    package func purge(_ selection: CachePurge, host: String? = nil, zones: [String] = [""]) -> Int {
        if case .target(let target) = selection, let host {
            return self.state.withLock { state in
                zones.reduce(0) { $0 + state.purge(CacheKey(zone: $1, authority: host, target: target)) }
            }
        }
        let host = host.map { $0.lowercased() }
        self.state.withLock { $0.overtakeAll() }
        var (count, start) = (0, 0)
        // Entries that come in between were asked for afterwards.
        while true {
            let isOver = self.state.withLock { state in
                let end = min(state.store.slotCount, start + Self.purgeStep)
                count += state.purge(slots: start..<max(start, end)) { $0.isMeant(by: selection, host: host) }
                start = end
                return end >= state.store.slotCount
            }
            if isOver { return count }
        }
    }
}

extension CacheState {
    /// - Returns: how many answers were stored under the key.
    fileprivate mutating func purge(_ key: CacheKey) -> Int {
        let count = self.store.peek(key)?.all.count ?? 0
        self.invalidate(key)
        return count
    }

    /// - Returns: how many answers in these slots were meant, and are gone.
    fileprivate mutating func purge(slots: Range<Int>, where isMeant: (StoredResponse) -> Bool) -> Int {
        var count = 0
        self.store.revise(slots: slots) { variants in
            let meant = variants.all.count(where: isMeant)
            guard meant > 0 else { return .keep }
            count += meant
            return variants.removing(where: isMeant).map { .replace($0, bytes: $0.weight) } ?? .remove
        }
        return count
    }
}

extension StoredResponse {
    /// - Parameter host: in lower case; nil means every one.
    fileprivate func isMeant(by purge: CachePurge, host: String?) -> Bool {
        switch purge {
        case .all: unsafe self.isKept(host: host) { _ in true }
        case .target(let target): unsafe self.isKept(host: host) { unsafe $0.elementsEqual(target.utf8) }
        case .prefix(let prefix): unsafe self.isKept(host: host) { unsafe $0.starts(with: prefix.utf8) }
        case .group(let name):
            if self.hasGroups, unsafe self.isKept(host: host, where: { _ in true }) {
                self.containsGroup { [mark = CacheGroups.mark(name, origin: self.origin)] in $0 == mark }
            } else {
                false
            }
        }
    }
}
