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

    /// Appends `string` as a JSON string.
    package static func write(_ string: String, into output: inout [UInt8]) {
        let utf8 = string.utf8.span
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: JSONString.length(of: utf8)))
        unsafe output.withUnsafeMutableBytes {
            unsafe JSONString.write(utf8, to: UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
        }
    }
}
