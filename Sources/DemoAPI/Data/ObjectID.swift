/// A MongoDB object id: four bytes of seconds, five that name the process, three that count.
struct ObjectID: Sendable, Hashable, Comparable {
    let high: UInt32
    let low: UInt64

    init(high: UInt32, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 24 hex digits of either case; nil for anything else.
    init?(_ text: some StringProtocol) {
        var digits = text.utf8.makeIterator()
        guard text.utf8.count == 24 else { return nil }
        var high: UInt32 = 0
        var low: UInt64 = 0
        for position in 0..<24 {
            guard let byte = digits.next(), let value = Self.value(ofHexDigit: byte) else { return nil }
            if position < 8 { high = high << 4 | UInt32(value) } else { low = low << 4 | UInt64(value) }
        }
        self.init(high: high, low: low)
    }

    /// The moment the id was made, to the second.
    var createdAt: Timestamp { Timestamp(milliseconds: Int(self.high) * 1000) }

    static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    func append(to bytes: inout [UInt8]) {
        for shift in stride(from: 28, through: 0, by: -4) { bytes.append(Self.hexDigit(UInt64(self.high) >> shift)) }
        for shift in stride(from: 60, through: 0, by: -4) { bytes.append(Self.hexDigit(self.low >> shift)) }
    }

    private static func hexDigit(_ value: UInt64) -> UInt8 {
        let nibble = UInt8(truncatingIfNeeded: value & 15)
        return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }

    private static func value(ofHexDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ObjectID: CustomStringConvertible {
    /// 24 lowercase hex digits.
    var description: String {
        var bytes: [UInt8] = []
        self.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Makes ids that differ from each other and carry the time they were made for.
struct ObjectIDSource {
    private let process: UInt64
    private var counter: UInt64

    init(random: inout SplitMix64) {
        self.process = random.next() & 0xFF_FFFF_FFFF
        self.counter = random.next() & 0x7F_FFFF
    }

    mutating func next(at time: Timestamp) -> ObjectID {
        self.counter = (self.counter + 1) & 0xFF_FFFF
        return ObjectID(high: UInt32(truncatingIfNeeded: time.seconds), low: self.process << 24 | self.counter)
    }
}
