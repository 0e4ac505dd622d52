/// The two ends of a queue whose links live in the slots, and what it weighs.
struct SlotQueue {
    /// `UInt32.max` when there is none.
    private(set) var oldest = UInt32.max
    private(set) var newest = UInt32.max
    var bytes = 0

    mutating func pushed(_ number: UInt32, bytes: Int) {
        if self.oldest == .max { self.oldest = number }
        self.newest = number
        self.bytes += bytes
    }

    mutating func unlinked(_ number: UInt32, older: UInt32, newer: UInt32, bytes: Int) {
        if self.oldest == number { self.oldest = newer }
        if self.newest == number { self.newest = older }
        self.bytes -= bytes
    }
}
