/// Values within a budget of bytes; S3-FIFO decides which of them stay.
///
/// A newcomer waits in a short probation queue. Asked for again while there, it moves to the main queue; else it leaves
/// and only its mark is remembered, so that it goes straight to the main queue when it comes back soon. One scan
/// through many keys therefore passes through the short queue and leaves the main one alone. A hit writes two bits and
/// moves nothing, which is what makes it short under a lock (Yang et al., "FIFO queues are all you need for cache
/// eviction", SOSP 2023). Every operation takes constant time, evictions amortised.
package struct ByteCappedStore<Key: Hashable, Value> {
    typealias SlotNumber = UInt32

    /// Where an entry waits.
    enum Queue: UInt8 { case probation, main }

    struct Slot {
        var key: Key
        var value: Value
        var bytes: UInt32
        var older: SlotNumber
        var newer: SlotNumber
        /// The hash in the upper 29 bits, one bit for the queue, two for the visits since it was last looked at.
        var mark: UInt32

        var queue: Queue {
            get { self.mark & 4 == 0 ? .probation : .main }
            set { self.mark = newValue == .main ? self.mark | 4 : self.mark & ~4 }
        }
        var visits: UInt32 {
            get { self.mark & 3 }
            set { self.mark = self.mark & ~3 | min(newValue, 3) }
        }
    }

    /// What a slot weighs besides its value: its place in the slab and in the index, and its mark when it is gone.
    package static var slotBytes: Int { MemoryLayout<Slot>.stride + 6 + 8 }

    package let capacityBytes: Int
    /// What newcomers may take up: a tenth, as the paper found best over its traces.
    private let probationBytes: Int
    package private(set) var bytes = 0
    package private(set) var evictionCount = 0
    private var slots: ContiguousArray<Slot?> = []
    private var free: [SlotNumber] = []
    private var index = SlotIndex()
    private var probation = SlotQueue()
    private var main = SlotQueue()
    private var ghosts = GhostTable()

    package init(capacityBytes: Int) {
        self.capacityBytes = capacityBytes
        self.probationBytes = capacityBytes / 10
    }

    package var count: Int { self.index.count }

    /// The value for `key`; that it was asked for is remembered.
    package mutating func find(_ key: Key) -> Value? {
        guard let number = self.number(of: key) else { return nil }
        self.slots[Int(number)]!.visits += 1
        return self.slots[Int(number)]!.value
    }

    /// The value for `key`, as one looks without asking for it.
    package func peek(_ key: Key) -> Value? { self.number(of: key).flatMap { self.slots[Int($0)]?.value } }

    /// Keeps `value`, which takes `bytes` with all it holds, and makes room for it; a value under the same key leaves.
    ///
    /// - Returns: false when it is larger than half of the budget: one value must not empty the store.
    @discardableResult
    package mutating func insert(_ value: Value, for key: Key, bytes: Int) -> Bool {
        let weight = bytes + Self.slotBytes
        guard weight <= self.capacityBytes / 2, weight < Int(UInt32.max) else {
            self.remove(key)
            return false
        }
        let hash = Self.hash(of: key)
        if let number = self.number(of: key, hash: hash) {
            self.replace(number, value, weight)
        } else {
            let queue: Queue = self.ghosts.take(hash, among: self.count) ? .main : .probation
            let slot = Slot(
                key: key, value: value, bytes: UInt32(weight), older: .max, newer: .max, mark: hash << 3)
            let number = self.place(slot)
            self.index.insert(number, hash: hash) { Self.hash(of: self.slots[Int($0)]!) }
            self.push(number, to: queue)
            self.bytes += weight
        }
        while self.bytes > self.capacityBytes { self.evict() }
        return true
    }

    @discardableResult
    package mutating func remove(_ key: Key) -> Value? {
        guard let number = self.number(of: key) else { return nil }
        return self.drop(number)
    }

    /// Shows every entry, in no order, as one looks without asking for it.
    package func forEach(_ body: (Key, Value) -> Void) {
        for slot in self.slots { if let slot { body(slot.key, slot.value) } }
    }

    /// Removes what fits, looking at every entry.
    ///
    /// - Returns: how many have left.
    @discardableResult
    package mutating func removeAll(where fits: (Key, Value) -> Bool) -> Int {
        var count = 0
        for number in self.slots.indices {
            guard let slot = self.slots[number], fits(slot.key, slot.value) else { continue }
            self.drop(SlotNumber(number))
            count += 1
        }
        return count
    }

    /// What is to become of an entry.
    package enum Revision {
        case keep
        case remove
        /// - Parameter bytes: no more than before.
        case replace(Value, bytes: Int)
    }

    /// How many places for entries there are, empty ones included; entries stay in their place while others come and go.
    package var slotCount: Int { self.slots.count }

    /// Looks through the entries in some of the places.
    package mutating func revise(slots: Range<Int>, _ decide: (Value) -> Revision) {
        for number in slots {
            guard let slot = self.slots[number] else { continue }
            switch decide(slot.value) {
            case .keep: break
            case .remove: self.drop(SlotNumber(number))
            case .replace(let value, let bytes): self.replace(SlotNumber(number), value, bytes + Self.slotBytes)
            }
        }
    }

    // MARK: Slots

    private static func hash(of key: Key) -> UInt32 { UInt32(truncatingIfNeeded: key.hashValue >> 11) & 0x1FFF_FFFF }

    private static func hash(of slot: Slot) -> UInt32 { slot.mark >> 3 }

    private func number(of key: Key) -> SlotNumber? { self.number(of: key, hash: Self.hash(of: key)) }

    private func number(of key: Key, hash: UInt32) -> SlotNumber? {
        self.index.find(hash: hash) { number in
            let slot = self.slots[Int(number)]!
            return slot.mark >> 3 == hash && slot.key == key
        }
    }

    private mutating func place(_ slot: Slot) -> SlotNumber {
        if let number = self.free.popLast() {
            self.slots[Int(number)] = slot
            return number
        }
        self.slots.append(slot)
        return SlotNumber(self.slots.count - 1)
    }

    private mutating func replace(_ number: SlotNumber, _ value: Value, _ weight: Int) {
        let difference = weight - Int(self.slots[Int(number)]!.bytes)
        self.slots[Int(number)]!.value = value
        self.slots[Int(number)]!.bytes = UInt32(weight)
        self.bytes += difference
        switch self.slots[Int(number)]!.queue {
        case .probation: self.probation.bytes += difference
        case .main: self.main.bytes += difference
        }
    }

    @discardableResult
    private mutating func drop(_ number: SlotNumber) -> Value {
        let slot = self.slots[Int(number)]!
        self.unlink(number)
        self.index.remove(number, hash: slot.mark >> 3) { Self.hash(of: self.slots[Int($0)]!) }
        self.slots[Int(number)] = nil
        self.free.append(number)
        self.bytes -= Int(slot.bytes)
        return slot.value
    }

    // MARK: Queues

    private mutating func push(_ number: SlotNumber, to queue: Queue) {
        self.slots[Int(number)]!.queue = queue
        let newest = queue == .main ? self.main.newest : self.probation.newest
        self.slots[Int(number)]!.older = newest
        self.slots[Int(number)]!.newer = .max
        if newest != .max { self.slots[Int(newest)]!.newer = number }
        let bytes = Int(self.slots[Int(number)]!.bytes)
        switch queue {
        case .probation: self.probation.pushed(number, bytes: bytes)
        case .main: self.main.pushed(number, bytes: bytes)
        }
    }

    private mutating func unlink(_ number: SlotNumber) {
        let slot = self.slots[Int(number)]!
        if slot.older != .max { self.slots[Int(slot.older)]!.newer = slot.newer }
        if slot.newer != .max { self.slots[Int(slot.newer)]!.older = slot.older }
        switch slot.queue {
        case .probation:
            self.probation.unlinked(number, older: slot.older, newer: slot.newer, bytes: Int(slot.bytes))
        case .main: self.main.unlinked(number, older: slot.older, newer: slot.newer, bytes: Int(slot.bytes))
        }
    }

    private mutating func evict() {
        if self.probation.oldest != .max, self.probation.bytes > self.probationBytes || self.main.oldest == .max {
            self.evictNewcomer()
        } else {
            self.evictOldest()
        }
    }

    /// The oldest newcomer moves up when it was asked for since it came, else it leaves a mark and goes.
    private mutating func evictNewcomer() {
        let number = self.probation.oldest
        if self.slots[Int(number)]!.visits > 0 {
            self.slots[Int(number)]!.visits = 0
            self.unlink(number)
            self.push(number, to: .main)
        } else {
            self.ghosts.add(self.slots[Int(number)]!.mark >> 3, among: self.count)
            self.drop(number)
            self.evictionCount += 1
        }
    }

    /// The oldest of the main queue goes round again when it was asked for, else it goes.
    private mutating func evictOldest() {
        let number = self.main.oldest
        let visits = self.slots[Int(number)]!.visits
        if visits > 0 {
            self.slots[Int(number)]!.visits = visits - 1
            self.unlink(number)
            self.push(number, to: .main)
        } else {
            self.drop(number)
            self.evictionCount += 1
        }
    }
}

extension ByteCappedStore.Slot: Sendable where Key: Sendable, Value: Sendable {}

extension ByteCappedStore: Sendable where Key: Sendable, Value: Sendable {}
