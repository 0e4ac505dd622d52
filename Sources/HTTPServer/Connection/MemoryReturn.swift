/// Decides when so many connections have ended that what they held should go back to the operating system.
///
/// The allocator keeps what is freed in the middle of its arenas: after a rush of connections a server would stay as
/// large as it ever was.
struct MemoryReturn {
    /// Fewer than these hold too little to be worth the work.
    static let minimumEnded = 128

    private var peak = 0
    private var isUnderWay = false

    /// There are `count` connections now; true when memory should be returned soon.
    mutating func connections(_ count: Int) -> Bool {
        self.peak = max(self.peak, count)
        guard !self.isUnderWay, self.peak - count >= Self.minimumEnded, count <= self.peak / 2 else { return false }
        self.isUnderWay = true
        return true
    }

    /// Memory is being returned at this moment, with `count` connections left.
    mutating func returned(_ count: Int) { (self.peak, self.isUnderWay) = (count, false) }
}
