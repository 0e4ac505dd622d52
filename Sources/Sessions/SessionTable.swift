/// Decides which sessions live: a map in order of use, with an upper bound.
///
/// A session starts as a newcomer and is known from its second use on. When the table is full the newcomer idle longest
/// makes room, and a known session only when there is no newcomer: a flood of opened and forgotten sessions then pushes
/// out itself, not the people at work. Every operation takes constant time; `now` is the time since some fixed moment.
struct SessionTable<Value> {
    /// What became of a value somebody asked for.
    enum Use {
        case live(Value)
        /// Idle too long; it is out of the table.
        case expired(Value)
        case absent
    }

    let maximumCount: Int
    private var slots: [String: Int] = [:]
    private var keys: [String] = []
    private var stored: [Value?] = []
    private var free: [Int] = []
    private var order = UseOrder()

    init(maximumCount: Int) { self.maximumCount = max(1, maximumCount) }

    var count: Int { self.slots.count }

    var values: [Value] { self.stored.compactMap(\.self) }

    /// Adds a value under a new key; returns the value that had to make room.
    mutating func insert(_ key: String, _ value: Value, now: Duration) -> Value? {
        var evicted: Value?
        if self.count >= self.maximumCount, let victim = self.order.victim { evicted = self.remove(at: victim) }
        let slot: Int
        if let reused = self.free.popLast() {
            slot = reused
            self.keys[slot] = key
            self.stored[slot] = value
        } else {
            slot = self.stored.count
            self.keys.append(key)
            self.stored.append(value)
        }
        self.slots[key] = slot
        self.order.add(slot, now: now)
        return evicted
    }

    /// The value under `key`, without counting as use.
    func peek(_ key: String) -> Value? { self.slots[key].flatMap { self.stored[$0] } }

    /// The value under `key` if it is wanted, counted as used now; one idle too long goes, if it may.
    mutating func use(
        _ key: String, idleTimeout: Duration, now: Duration, isWanted: (Value) -> Bool = { _ in true },
        mayGo: (Value) -> Bool = { _ in true }
    ) -> Use {
        guard let slot = self.slots[key], let value = self.stored[slot], isWanted(value) else { return .absent }
        if self.order.isIdle(slot, longerThan: idleTimeout, now: now), mayGo(value) {
            _ = self.remove(at: slot)
            return .expired(value)
        }
        self.order.touch(slot, now: now)
        return .live(value)
    }

    /// Counts a use of `key` now.
    mutating func touch(_ key: String, now: Duration) {
        if let slot = self.slots[key] { self.order.touch(slot, now: now) }
    }

    mutating func remove(_ key: String) -> Value? { self.slots[key].flatMap { self.remove(at: $0) } }

    /// Removes and returns everything not used since `now - idleTimeout`, except what `mayGo` keeps: that counts as used.
    mutating func removeIdle(
        longerThan idleTimeout: Duration, now: Duration, mayGo: (Value) -> Bool = { _ in true }
    ) -> [Value] {
        var removed: [Value] = []
        while let slot = self.order.oldest.first(where: { self.order.isIdle($0, longerThan: idleTimeout, now: now) }) {
            if let value = self.stored[slot], !mayGo(value) {
                self.order.touch(slot, now: now)
            } else if let value = self.remove(at: slot) {
                removed.append(value)
            }
        }
        return removed
    }

    mutating func removeAll() -> [Value] {
        let values = self.values
        self = SessionTable(maximumCount: self.maximumCount)
        return values
    }

    private mutating func remove(at slot: Int) -> Value? {
        self.order.remove(slot)
        self.slots[self.keys[slot]] = nil
        self.keys[slot] = ""
        self.free.append(slot)
        defer { self.stored[slot] = nil }
        return self.stored[slot]
    }
}
