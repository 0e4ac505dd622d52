@testable import HTTPCache

/// A cache of sizes, to count its hits.
protocol RivalStore {
    init(capacityBytes: Int)
    /// Whether `request` was there; afterwards it is, if it may be.
    mutating func ask(_ request: TraceGenerator.Request) -> Bool
}

extension ByteCappedStore<Int, Int>: RivalStore {
    mutating func ask(_ request: TraceGenerator.Request) -> Bool {
        if self.find(request.target) != nil { return true }
        self.insert(0, for: request.target, bytes: request.bytes)
        return false
    }
}

/// Least recently used leaves first.
struct LeastRecentlyUsed: RivalStore {
    private let capacityBytes: Int
    private var bytes = 0
    private var clock = 0
    private var entries: [Int: (bytes: Int, used: Int)] = [:]
    private var order: [(target: Int, used: Int)] = []
    private var first = 0

    init(capacityBytes: Int) { self.capacityBytes = capacityBytes }

    mutating func ask(_ request: TraceGenerator.Request) -> Bool {
        self.clock += 1
        self.order.append((request.target, self.clock))
        if self.entries[request.target] != nil {
            self.entries[request.target]!.used = self.clock
            return true
        }
        let bytes = request.bytes + ByteCappedStore<Int, Int>.slotBytes
        self.entries[request.target] = (bytes, self.clock)
        self.bytes += bytes
        while self.bytes > self.capacityBytes {
            let candidate = self.order[self.first]
            self.first += 1
            guard let entry = self.entries[candidate.target], entry.used == candidate.used else { continue }
            self.bytes -= entry.bytes
            self.entries[candidate.target] = nil
        }
        return false
    }
}

/// W-TinyLFU: a small window, and behind it a segmented list that only lets in what is asked for more often than what
/// would leave (Einziger, Friedman and Manes, 2017).
struct WindowTinyLFU: RivalStore {
    private let windowBytes: Int
    private let mainBytes: Int
    private var window = Recency()
    private var probation = Recency()
    private var protected = Recency()
    private var counts = [UInt8](repeating: 0, count: 1 << 18)
    private var additions = 0

    init(capacityBytes: Int) {
        self.windowBytes = capacityBytes / 100
        self.mainBytes = capacityBytes - capacityBytes / 100
    }

    mutating func ask(_ request: TraceGenerator.Request) -> Bool {
        self.count(request.target)
        let bytes = request.bytes + ByteCappedStore<Int, Int>.slotBytes
        if self.window.use(request.target) || self.protected.use(request.target) { return true }
        if self.probation.remove(request.target) != nil {
            self.protected.add(request.target, bytes)
            while self.protected.bytes > self.mainBytes * 8 / 10, let old = self.protected.oldest() {
                self.probation.add(old, self.protected.remove(old)!)
            }
            return true
        }
        self.window.add(request.target, bytes)
        while self.window.bytes > self.windowBytes, let candidate = self.window.oldest() {
            let size = self.window.remove(candidate)!
            self.admit(candidate, size)
        }
        return false
    }

    private mutating func admit(_ candidate: Int, _ bytes: Int) {
        while self.probation.bytes + self.protected.bytes + bytes > self.mainBytes {
            guard let victim = self.probation.oldest() ?? self.protected.oldest() else { return }
            guard self.estimate(candidate) > self.estimate(victim) else { return }
            if self.probation.remove(victim) == nil { _ = self.protected.remove(victim) }
        }
        self.probation.add(candidate, bytes)
    }

    private func places(_ target: Int) -> [Int] {
        (0..<4).map { row in
            var hash = UInt64(truncatingIfNeeded: target) &+ UInt64(row) &* 0x9E37_79B9_7F4A_7C15
            hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
            hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
            return row << 16 | Int((hash ^ hash >> 31) & 0xFFFF)
        }
    }

    private mutating func count(_ target: Int) {
        for place in self.places(target) where self.counts[place] < 15 { self.counts[place] += 1 }
        self.additions += 1
        guard self.additions == 200_000 else { return }
        self.additions = 0
        for index in self.counts.indices { self.counts[index] /= 2 }
    }

    private func estimate(_ target: Int) -> UInt8 { self.places(target).map { self.counts[$0] }.min()! }

    private struct Recency {
        private(set) var bytes = 0
        private var clock = 0
        private var entries: [Int: (bytes: Int, used: Int)] = [:]
        private var order: [(target: Int, used: Int)] = []
        private var first = 0

        mutating func use(_ target: Int) -> Bool {
            guard let bytes = self.remove(target) else { return false }
            self.add(target, bytes)
            return true
        }

        mutating func add(_ target: Int, _ bytes: Int) {
            self.clock += 1
            self.entries[target] = (bytes, self.clock)
            self.order.append((target, self.clock))
            self.bytes += bytes
        }

        mutating func remove(_ target: Int) -> Int? {
            guard let entry = self.entries.removeValue(forKey: target) else { return nil }
            self.bytes -= entry.bytes
            return entry.bytes
        }

        mutating func oldest() -> Int? {
            while self.first < self.order.count {
                let candidate = self.order[self.first]
                if self.entries[candidate.target]?.used == candidate.used { return candidate.target }
                self.first += 1
            }
            return nil
        }
    }
}
