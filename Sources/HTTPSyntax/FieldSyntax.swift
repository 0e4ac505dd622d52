/// Which bytes header names and values may have (RFC 9110, section 5).
package enum FieldSyntax {
    /// Whether `name` is a token (section 5.6.2).
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && self.allSatisfy(name) { self.isToken($0) }
    }

    /// Whether a token may have this byte.
    @inline(__always)
    package static func isToken(_ byte: UInt8) -> Bool {
        let half = byte < 64 ? Self.tokenBytes.low : Self.tokenBytes.high
        return byte < 128 && half >> UInt64(byte & 63) & 1 == 1
    }

    /// Whether `value` cannot end its line.
    package static func isValue(_ value: String) -> Bool {
        self.allSatisfy(value) { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// One bit for each ASCII byte that a token may have.
    private static let tokenBytes: (low: UInt64, high: UInt64) = {
        var bits: (low: UInt64, high: UInt64) = (0, 0)
        let marks = "!#$%&'*+-.^_`|~".utf8
        for byte in UInt8(0)..<128 {
            let isToken =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || marks.contains(byte)
            guard isToken else { continue }
            if byte < 64 { bits.low |= 1 << UInt64(byte) } else { bits.high |= 1 << UInt64(byte & 63) }
        }
        return bits
    }()

    @inline(__always)
    private static func allSatisfy(_ text: String, _ condition: (UInt8) -> Bool) -> Bool {
        unsafe text.utf8.withContiguousStorageIfAvailable { unsafe $0.allSatisfy(condition) }
            ?? text.utf8.allSatisfy(condition)
    }
}

extension String {
    /// Whether both are the same but for the case of ASCII letters; `lowercase` must be in lower case.
    package func isSame(as lowercase: StaticString) -> Bool {
        guard self.utf8.count == lowercase.utf8CodeUnitCount else { return false }
        let isSame = unsafe self.utf8.withContiguousStorageIfAvailable { own in
            lowercase.withUTF8Buffer { expected in
                for index in own.indices where unsafe !Self.isSame(own[index], expected[index]) { return false }
                return true
            }
        }
        return isSame
            ?? lowercase.withUTF8Buffer { expected in unsafe zip(self.utf8, expected).allSatisfy(Self.isSame) }
    }

    private static func isSame(_ byte: UInt8, _ lowercase: UInt8) -> Bool {
        byte == lowercase || ((0x41...0x5A).contains(byte) && byte | 0x20 == lowercase)
    }
}
