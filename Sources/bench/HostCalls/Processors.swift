import CLinux

/// Processors a thread may use.
struct Processors {
    /// Ascending.
    let numbers: [Int]

    /// More than any kernel asks for.
    private static let bytes = 1024

    /// Those the calling thread may use now.
    static var current: Processors {
        var bits = [UInt8](repeating: 0, count: Self.bytes)
        _ = unsafe clinux_get_processors(&bits, bits.count)
        return Processors(numbers: (0..<bits.count * 8).filter { bits[$0 / 8] & 1 << ($0 % 8) != 0 })
    }

    /// The one at this place, or none.
    subscript(place: Int) -> Processors { Processors(numbers: Array(self.numbers.dropFirst(place).prefix(1))) }

    /// Keeps the calling thread, and what it starts, on these.
    func use() {
        var bits = [UInt8](repeating: 0, count: Self.bytes)
        for number in self.numbers { bits[number / 8] |= 1 << (number % 8) }
        _ = unsafe clinux_set_processors(&bits, bits.count)
    }
}
