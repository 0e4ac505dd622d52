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
        let length = JSONString.length(of: utf8)
        unsafe self.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { output in
            unsafe JSONString.write(utf8, to: UnsafeMutableRawBufferPointer(rebasing: output[..<length]))
            return length
        }
    }
}
