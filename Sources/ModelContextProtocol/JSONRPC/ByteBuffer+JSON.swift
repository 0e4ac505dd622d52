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

    /// Appends a JSON string; runs of bytes that need no escape are copied whole.
    mutating func writeJSONString(_ string: String) {
        self.writeInteger(UInt8(ascii: "\""))
        let utf8 = string.utf8.span
        var index = 0
        while true {
            let count = WordScan.unescapedBytes(in: utf8, from: index)
            unsafe self.writeBytes(utf8.extracting(index..<index + count).bytes)
            index += count
            guard index < utf8.count else { break }
            let byte = utf8[index]
            index += 1
            switch byte {
            case 0x0A: self.writeString("\\n")
            case 0x0D: self.writeString("\\r")
            case 0x09: self.writeString("\\t")
            case 0..<0x10: self.writeString("\\u000" + String(byte, radix: 16))
            case 0x10..<0x20: self.writeString("\\u00" + String(byte, radix: 16))
            default:
                self.writeInteger(UInt8(ascii: "\\"))
                self.writeInteger(byte)
            }
        }
        self.writeInteger(UInt8(ascii: "\""))
    }
}
