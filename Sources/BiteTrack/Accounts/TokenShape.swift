/// Finds what looks like a JSON Web Token (RFC 7519): `eyJ…`, a dot, more base64url, a dot, more.
enum TokenShape {
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index + 10 < bytes.count {
            guard bytes[index] == UInt8(ascii: "e"), bytes[index + 1] == UInt8(ascii: "y"),
                bytes[index + 2] == UInt8(ascii: "J")
            else {
                index += 1
                continue
            }
            let header = self.endOfPart(in: bytes, from: index)
            let payload = self.endOfPart(in: bytes, from: header + 1)
            let signature = self.endOfPart(in: bytes, from: payload + 1)
            if self.isDot(bytes, header), payload > header + 4 {
                // Header and payload alone say enough; a signature cut off does not make them harmless.
                ranges.append(index..<(self.isDot(bytes, payload) ? signature : payload))
            }
            index = max(header, index + 3)
        }
        return ranges
    }

    private static func isDot(_ bytes: [UInt8], _ index: Int) -> Bool {
        index < bytes.count && bytes[index] == UInt8(ascii: ".")
    }

    private static func endOfPart(in bytes: [UInt8], from start: Int) -> Int {
        var index = min(start, bytes.count)
        while index < bytes.count, self.isBase64URL(bytes[index]) { index += 1 }
        return index
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
