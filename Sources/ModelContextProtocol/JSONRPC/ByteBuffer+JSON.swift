import JSON
import NIOCore

extension ByteBuffer {
    /// Appends compact JSON text.
    mutating func writeJSON(_ value: JSONValue) {
        switch value {
        case .null: self.writeString("null")
        case .bool(let value): self.writeString(value ? "true" : "false")
        case .number(let number): self.writeString(number.text)
        case .string(let string): self.writeJSONString(string)
        case .array(let elements):
            self.writeInteger(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { self.writeInteger(UInt8(ascii: ",")) }
                self.writeJSON(element)
            }
            self.writeInteger(UInt8(ascii: "]"))
        case .object(let object):
            self.writeInteger(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in object {
                if !isFirst { self.writeInteger(UInt8(ascii: ",")) }
                isFirst = false
                self.writeJSONString(key)
                self.writeInteger(UInt8(ascii: ":"))
                self.writeJSON(value)
            }
            self.writeInteger(UInt8(ascii: "}"))
        }
    }

    /// Appends a JSON string in one write: many small ones cost more than looking at the text twice.
    mutating func writeJSONString(_ string: String) {
        let utf8 = string.utf8.span
        let length = JSONEscapes.length(of: utf8)
        unsafe self.writeWithUnsafeMutableBytes(minimumWritableBytes: length + 2) { output in
            unsafe output[0] = UInt8(ascii: "\"")
            unsafe JSONEscapes.write(utf8, to: UnsafeMutableRawBufferPointer(rebasing: output[1..<length + 1]))
            unsafe output[length + 1] = UInt8(ascii: "\"")
            return length + 2
        }
    }
}

/// A text as it stands inside a JSON string (RFC 8259 section 7): only what must be is escaped.
enum JSONEscapes {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Bytes of the escaped text.
    static func length(of utf8: Span<UInt8>) -> Int {
        var length = 0
        var index = 0
        while true {
            let count = WordScan.unescapedBytes(in: utf8, from: index)
            (length, index) = (length + count, index + count)
            guard index < utf8.count else { return length }
            length += self.letter(for: utf8[index]) == nil ? 6 : 2
            index += 1
        }
    }

    /// Writes the escaped text; `output` has exactly its length.
    static func write(_ utf8: Span<UInt8>, to output: UnsafeMutableRawBufferPointer) {
        var (index, position) = (0, 0)
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
