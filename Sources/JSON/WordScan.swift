/// Looks at eight bytes of a string at a time.
package enum WordScan {
    /// How many bytes from `index` on can stand in a JSON string as they are.
    package static func unescapedBytes(in text: Span<UInt8>, from index: Int) -> Int {
        var isASCII = true
        var end = index
        while end < text.count {
            end += self.plainBytes(in: text, from: end, isASCII: &isASCII)
            guard end < text.count else { break }
            let byte = text[end]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            end += 1
        }
        return end - index
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// How many bytes from `index` on are neither a quotation mark, a backslash nor a control character.
    ///
    /// Stops as well before the last bytes of the text that do not fill a word: the caller looks at those one by one.
    ///
    /// - Parameter isASCII: made false when one of the words looked at has a byte over 0x7F.
    @inline(__always)
    static func plainBytes(in text: Span<UInt8>, from index: Int, isASCII: inout Bool) -> Int {
        let bytes = unsafe text.bytes
        var position = index
        while position + 8 <= bytes.byteCount {
            let word = UInt64(
                littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            if word & self.highBits != 0 { isASCII = false }
            let special =
                self.zeroBytes(word ^ (self.ones &* 0x22)) | self.zeroBytes(word ^ (self.ones &* 0x5C))
                | ((word &- self.ones &* 0x20) & ~word & self.highBits)
            // A borrow only reaches higher bytes, so the lowest mark is exact.
            if special != 0 { return position - index + special.trailingZeroBitCount / 8 }
            position += 8
        }
        return position - index
    }

    /// The high bit of each byte that is zero, exact up to the first.
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- self.ones) & ~word & self.highBits }
}
