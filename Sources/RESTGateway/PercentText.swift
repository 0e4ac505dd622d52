/// Reads percent-encoded text (RFC 3986 section 2.1).
enum PercentText {
    /// The text; nil for a broken escape or bytes that are not UTF-8.
    ///
    /// - Parameter plusIsSpace: as forms have it.
    static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        let needsNothing = text.utf8.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") && $0 < 0x80 }
        if needsNothing { return String(text) }
        var (bytes, rest) = ([UInt8](), text.utf8[...])
        bytes.reserveCapacity(text.utf8.count)
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(self.digit), let low = rest.popFirst().flatMap(self.digit)
                else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
