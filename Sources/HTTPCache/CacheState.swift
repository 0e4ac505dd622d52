/// What the cache remembers: entries, and which targets and groups became stale when.
///
/// Held under a lock.
struct CacheState: Sendable {
    /// How many invalidations are remembered one by one before older ones are lumped together.
    private static let markLimit = 16_384
    /// How long a refresh may take before another request begins one, in milliseconds.
    private static let refreshMilliseconds: Int64 = 30_000

    var store: ByteCappedStore<CacheKey, Variants>
    /// Counts invalidations.
    private(set) var sequence: UInt64 = 0
    private var keyMarks: [CacheKey: UInt64] = [:]
    private var groupMarks: [UInt64: UInt64] = [:]
    /// What was asked for up to here counts as touched by the invalidations no longer remembered.
    private var keyFloor: UInt64 = 0
    private var groupFloor: UInt64 = 0
    private var refreshes: [CacheKey: Int64] = [:]
    /// What is being compressed.
    var packing: Set<CacheKey> = []

    init(capacityBytes: Int) { self.store = ByteCappedStore(capacityBytes: capacityBytes) }

    /// What is stored under `key`, without what belongs to an invalidated group.
    mutating func find(_ key: CacheKey) -> Variants? {
        guard let variants = self.store.find(key) else { return nil }
        if case .one(let response) = variants, !response.hasGroups { return variants }
        let isStale = { (stored: StoredResponse) in self.isInvalidated(stored) }
        guard variants.all.contains(where: isStale) else { return variants }
        let rest = variants.removing(where: isStale)
        if let rest { self.store.insert(rest, for: key, bytes: rest.weight) } else { self.store.remove(key) }
        return rest
    }

    private func isInvalidated(_ stored: StoredResponse) -> Bool {
        let sequence = stored.facts.sequence
        return stored.containsGroup { self.groupMarks[$0].map { $0 > sequence } ?? (sequence < self.groupFloor) }
    }

    /// Whether an answer asked for at `sequence` has been overtaken by a change of its target or of a group.
    func isOvertaken(_ key: CacheKey, groups: [UInt64], since sequence: UInt64) -> Bool {
        if self.keyMarks[key].map({ $0 > sequence }) ?? (sequence < self.keyFloor) { return true }
        return groups.contains { self.groupMarks[$0].map { $0 > sequence } ?? (sequence < self.groupFloor) }
    }

    mutating func invalidate(_ key: CacheKey) {
        self.sequence += 1
        self.store.remove(key)
        if self.keyMarks.count >= Self.markLimit {
            self.keyMarks.removeAll()
            self.keyFloor = self.sequence
        }
        self.keyMarks[key] = self.sequence
    }

    /// Marks a group as stale, without looking for its entries.
    ///
    /// They stay until somebody asks for them; then they are seen to be stale.
    mutating func invalidate(group: UInt64) {
        self.sequence += 1
        if self.groupMarks.count >= Self.markLimit {
            self.groupMarks.removeAll()
            self.groupFloor = self.sequence
        }
        self.groupMarks[group] = self.sequence
    }

    /// Whatever is on its way now will not be stored.
    mutating func overtakeAll() {
        self.sequence += 1
        self.keyMarks.removeAll()
        self.keyFloor = self.sequence
    }

    /// Does nothing when `old` is gone.
    mutating func replace(_ old: StoredResponse, with new: StoredResponse, under key: CacheKey) {
        guard let variants = self.store.peek(key)?.replacing(old, with: new) else { return }
        self.store.insert(variants, for: key, bytes: variants.weight)
    }

    // MARK: Refreshes

    mutating func beginRefresh(_ key: CacheKey, now: Moment) -> Bool {
        if let began = self.refreshes[key], now.steadyMilliseconds - began < Self.refreshMilliseconds { return false }
        self.refreshes[key] = now.steadyMilliseconds
        return true
    }

    mutating func endRefresh(_ key: CacheKey) { self.refreshes[key] = nil }
}
