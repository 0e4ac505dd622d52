import JSON
import NIOCore

/// The id of a request: a string or an integer, answered as it came.
enum RequestID: Hashable, Sendable {
    case string(String)
    case number(JSONNumber)

    /// Longer ids would be kept for as long as the call runs, so they are refused.
    static let maximumBytes = 1024

    /// nil for what may not be an id: null, booleans, fractions, arrays, objects, and overlong strings.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let text) where text.utf8.count <= RequestID.maximumBytes: self = .string(text)
        case .number(let number) where RequestID.isInteger(number.text): self = .number(number)
        default: return nil
        }
    }

    var value: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number)
        }
    }

    func write(into buffer: inout ByteBuffer) {
        switch self {
        case .string(let text): buffer.writeJSONString(text)
        case .number(let number): buffer.writeString(number.text)
        }
    }

    private static func isInteger(_ text: String) -> Bool {
        text.utf8.count <= 32 && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    }
}
