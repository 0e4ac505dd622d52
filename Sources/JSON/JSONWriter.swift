extension JSONValue {
    /// The value as compact JSON text.
    package var serialized: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        self.write(into: &output)
        return output
    }

    /// The value as compact JSON text, for messages and logs.
    package var text: String { String(decoding: self.serialized, as: UTF8.self) }

    /// Appends compact JSON text to `output`.
    package func write(into output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): output.append(contentsOf: number.text.utf8)
        case .string(let string): JSONValue.write(string, into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                element.write(into: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in object {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                JSONValue.write(key, into: &output)
                output.append(UInt8(ascii: ":"))
                value.write(into: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Appends `string` as a JSON string, escaping only what RFC 8259 section 7 demands.
    package static func write(_ string: String, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        self.writeContent(string.utf8.span, into: &output)
        output.append(UInt8(ascii: "\""))
    }

    private static func writeContent(_ text: Span<UInt8>, into output: inout [UInt8]) {
        var isASCII = true
        var index = 0
        var start = 0
        while index < text.count {
            index += WordScan.plainBytes(in: text, from: index, isASCII: &isASCII)
            guard index < text.count else { break }
            let byte = text[index]
            index += 1
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            self.append(text.extracting(start..<index - 1), to: &output)
            self.writeEscape(byte, into: &output)
            start = index
        }
        self.append(text.extracting(start..<text.count), to: &output)
    }

    private static func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
        unsafe text.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    private static func writeEscape(_ byte: UInt8, into output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        default:
            output.append(contentsOf: "\\u00".utf8)
            output.append(self.hexDigit(byte >> 4))
            output.append(self.hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
