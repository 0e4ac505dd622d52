/// Decides which sessions live: a map in order of use, with an upper bound.
///
/// A session starts as a newcomer and is known from its second use on. When the table is full the newcomer idle longest
/// makes room, and a known session only when there is no newcomer: a flood of opened and forgotten sessions then pushes
/// out itself, not the people at work. Every operation takes constant time; `now` is the time since some fixed moment.
struct SessionTable<Value> {
    private struct Entry {
        let key: String
        var value: Value
        var lastUse: Duration
        var isKnown: Bool
        var older: Int?
        var newer: Int?
    }
    /// The ends of one chain of entries, oldest use to newest.
    private struct Chain {
        var oldest: Int?
        var newest: Int?
    }

    let maximumCount: Int
    private var indices: [String: Int] = [:]
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var newcomers = Chain()
    private var known = Chain()

    init(maximumCount: Int) { self.maximumCount = max(1, maximumCount) }

    var count: Int { self.indices.count }

    var values: [Value] { self.entries.compactMap { $0?.value } }

    /// Adds a value under a new key; returns the value that had to make room.
    mutating func insert(_ key: String, _ value: Value, now: Duration) -> Value? {
        var evicted: Value?
        if self.count >= self.maximumCount, let victim = self.newcomers.oldest ?? self.known.oldest {
            evicted = self.remove(at: victim)
        }
        let entry = Entry(key: key, value: value, lastUse: now, isKnown: false)
        let index: Int
        if let reused = self.free.popLast() {
            index = reused
            self.entries[index] = entry
        } else {
            index = self.entries.count
            self.entries.append(entry)
        }
        self.indices[key] = index
        self.append(index)
        return evicted
    }

    /// The value under `key`, without counting as use.
    func peek(_ key: String) -> Value? { self.indices[key].flatMap { self.entries[$0]?.value } }

    /// Counts a use of `key` now.
    mutating func touch(_ key: String, now: Duration) {
        guard let index = self.indices[key] else { return }
        self.unlink(index)
        self.entries[index]?.lastUse = now
        self.entries[index]?.isKnown = true
        self.append(index)
    }

    mutating func remove(_ key: String) -> Value? { self.indices[key].flatMap { self.remove(at: $0) } }

    /// Removes and returns everything not used since `now - idleTimeout`, except what `mayGo` keeps: that counts as used.
    mutating func removeIdle(
        longerThan idleTimeout: Duration, now: Duration, mayGo: (Value) -> Bool = { _ in true }
    ) -> [Value] {
        var removed: [Value] = []
        while let index = self.newcomers.oldest, self.isIdle(index, longerThan: idleTimeout, now: now) {
            self.expire(index, now: now, mayGo: mayGo, into: &removed)
        }
        while let index = self.known.oldest, self.isIdle(index, longerThan: idleTimeout, now: now) {
            self.expire(index, now: now, mayGo: mayGo, into: &removed)
        }
        return removed
    }

    private mutating func expire(_ index: Int, now: Duration, mayGo: (Value) -> Bool, into removed: inout [Value]) {
        guard let entry = self.entries[index] else { return }
        if mayGo(entry.value) {
            if let value = self.remove(at: index) { removed.append(value) }
        } else {
            self.touch(entry.key, now: now)
        }
    }

    func isIdle(_ key: String, longerThan idleTimeout: Duration, now: Duration) -> Bool {
        self.indices[key].map { self.isIdle($0, longerThan: idleTimeout, now: now) } ?? false
    }

    mutating func removeAll() -> [Value] {
        let values = self.values
        self = SessionTable(maximumCount: self.maximumCount)
        return values
    }

    // MARK: Chains

    private func isIdle(_ index: Int, longerThan idleTimeout: Duration, now: Duration) -> Bool {
        guard let entry = self.entries[index] else { return false }
        return now - entry.lastUse >= idleTimeout
    }

    private mutating func remove(at index: Int) -> Value? {
        guard let entry = self.entries[index] else { return nil }
        self.unlink(index)
        self.entries[index] = nil
        self.free.append(index)
        self.indices[entry.key] = nil
        return entry.value
    }

    private mutating func append(_ index: Int) {
        guard let isKnown = self.entries[index]?.isKnown else { return }
        var chain = isKnown ? self.known : self.newcomers
        self.entries[index]?.older = chain.newest
        self.entries[index]?.newer = nil
        if let newest = chain.newest { self.entries[newest]?.newer = index } else { chain.oldest = index }
        chain.newest = index
        if isKnown { self.known = chain } else { self.newcomers = chain }
    }

    private mutating func unlink(_ index: Int) {
        guard let entry = self.entries[index] else { return }
        var chain = entry.isKnown ? self.known : self.newcomers
        if let older = entry.older { self.entries[older]?.newer = entry.newer } else { chain.oldest = entry.newer }
        if let newer = entry.newer { self.entries[newer]?.older = entry.older } else { chain.newest = entry.older }
        if entry.isKnown { self.known = chain } else { self.newcomers = chain }
    }
}
