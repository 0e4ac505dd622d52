/// Finds slot numbers by hash: open addressing with linear probing, four bytes a place.
///
/// The slots keep keys and hashes; a dictionary would keep both again.
struct SlotIndex {
    private static let empty = UInt32.max
    private var places: [UInt32] = Array(repeating: SlotIndex.empty, count: 16)
    private(set) var count = 0

    private var mask: Int { self.places.count - 1 }

    func find(hash: UInt32, where fits: (UInt32) -> Bool) -> UInt32? {
        var place = Int(hash) & self.mask
        while self.places[place] != Self.empty {
            if fits(self.places[place]) { return self.places[place] }
            place = (place + 1) & self.mask
        }
        return nil
    }

    /// - Parameter hashOf: the hash of a slot already here, asked for when the table grows.
    mutating func insert(_ number: UInt32, hash: UInt32, hashOf: (UInt32) -> UInt32) {
        if (self.count + 1) * 4 > self.places.count * 3 { self.grow(hashOf) }
        self.put(number, hash)
        self.count += 1
    }

    mutating func remove(_ number: UInt32, hash: UInt32, hashOf: (UInt32) -> UInt32) {
        var hole = Int(hash) & self.mask
        while self.places[hole] != number {
            guard self.places[hole] != Self.empty else { return }
            hole = (hole + 1) & self.mask
        }
        self.count -= 1
        // Those behind move up, so that no chain is broken and no marker for the dead is needed.
        var next = (hole + 1) & self.mask
        while self.places[next] != Self.empty {
            let home = Int(hashOf(self.places[next])) & self.mask
            if (next - home) & self.mask >= (next - hole) & self.mask {
                self.places[hole] = self.places[next]
                hole = next
            }
            next = (next + 1) & self.mask
        }
        self.places[hole] = Self.empty
    }

    private mutating func put(_ number: UInt32, _ hash: UInt32) {
        var place = Int(hash) & self.mask
        while self.places[place] != Self.empty { place = (place + 1) & self.mask }
        self.places[place] = number
    }

    private mutating func grow(_ hashOf: (UInt32) -> UInt32) {
        let old = self.places
        self.places = Array(repeating: Self.empty, count: old.count * 2)
        for number in old where number != Self.empty { self.put(number, hashOf(number)) }
    }
}
