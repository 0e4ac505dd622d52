/// A text as a JSON string (RFC 8259 section 7): only what must be is escaped.
package enum JSONString {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Bytes of the string, quotation marks included.
    package static func length(of utf8: Span<UInt8>) -> Int {
        var length = 2
        var index = 0
        while true {
            let count = WordScan.unescapedBytes(in: utf8, from: index)
            (length, index) = (length + count, index + count)
            guard index < utf8.count else { return length }
            length += self.letter(for: utf8[index]) == nil ? 6 : 2
            index += 1
        }
    }

    /// Writes the string; `output` has exactly its length.
    package static func write(_ utf8: Span<UInt8>, to output: UnsafeMutableRawBufferPointer) {
        var (index, position) = (0, 1)
        unsafe output[0] = UInt8(ascii: "\"")
        unsafe output[output.count - 1] = UInt8(ascii: "\"")
        while true {
            let count = WordScan.unescapedBytes(in: utf8, from: index)
            unsafe utf8.extracting(index..<index + count).withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(rebasing: output[position..<position + count]).copyMemory(from: $0)
            }
            (index, position) = (index + count, position + count)
            guard index < utf8.count else { return }
            let byte = utf8[index]
            index += 1
            unsafe output[position] = UInt8(ascii: "\\")
            if let letter = self.letter(for: byte) {
                unsafe output[position + 1] = letter
                position += 2
            } else {
                unsafe output[position + 1] = UInt8(ascii: "u")
                unsafe output[position + 2] = UInt8(ascii: "0")
                unsafe output[position + 3] = UInt8(ascii: "0")
                unsafe output[position + 4] = self.hexDigits[Int(byte >> 4)]
                unsafe output[position + 5] = self.hexDigits[Int(byte & 15)]
                position += 6
            }
        }
    }

    /// What follows the backslash; nil where it takes a number.
    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        default: nil
        }
    }
}
