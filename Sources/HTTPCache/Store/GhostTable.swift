/// Remembers the marks of keys that left not long ago, as many as there are entries.
///
/// Buckets of four, the oldest mark of a full one is written over. A mark is 29 bits of hash: a stranger is taken for a
/// returning key about once in a hundred million, and then merely skips probation.
struct GhostTable {
    private static let ways = 4
    /// Hash in the lower half, when it was added in the upper one; 0 is empty.
    private var marks: [UInt64] = Array(repeating: 0, count: 64)
    private var clock: UInt32 = 0

    /// Remembers `hash`; `entryCount` says how many marks are worth keeping.
    mutating func add(_ hash: UInt32, among entryCount: Int) {
        if entryCount > self.marks.count { self.grow(to: entryCount) }
        self.clock &+= 1
        let bucket = self.bucket(of: hash)
        let place = bucket.min { self.added(self.marks[$0]) < self.added(self.marks[$1]) }!
        self.marks[place] = UInt64(self.clock) << 32 | UInt64(hash)
    }

    /// Whether `hash` was added within the last `entryCount` additions; it is forgotten then.
    mutating func take(_ hash: UInt32, among entryCount: Int) -> Bool {
        for place in self.bucket(of: hash) where self.marks[place] != 0 && UInt32(truncatingIfNeeded: self.marks[place]) == hash {
            let isRecent = Int(self.clock &- self.added(self.marks[place])) <= max(entryCount, 64)
            self.marks[place] = 0
            return isRecent
        }
        return false
    }

    private func added(_ mark: UInt64) -> UInt32 { UInt32(mark >> 32) }

    private func bucket(of hash: UInt32) -> Range<Int> {
        let first = Int(hash) * Self.ways & (self.marks.count - 1)
        return first..<first + Self.ways
    }

    private mutating func grow(to count: Int) {
        let old = self.marks
        var size = old.count
        while size < count { size *= 2 }
        self.marks = Array(repeating: 0, count: size)
        for mark in old where mark != 0 {
            let bucket = self.bucket(of: UInt32(truncatingIfNeeded: mark))
            let place = bucket.min { self.added(self.marks[$0]) < self.added(self.marks[$1]) }!
            self.marks[place] = mark
        }
    }
}
