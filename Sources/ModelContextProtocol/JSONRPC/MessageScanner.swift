import JSON
import NIOCore

/// Reads the routing fields of a body in one pass, without building the rest.
enum MessageScanner {
    /// How deep values may nest; deeper bodies are errors, never a stack overflow.
    static let maximumDepth = 128

    enum Body: Sendable, Equatable {
        case message(ScannedMessage)
        case batch
        /// JSON, but neither an object nor an array.
        case scalar
    }

    /// - Throws: a parse error that tells what is not JSON in UTF-8, and where.
    static func scan(_ body: ByteBuffer) throws(RPCError) -> Body {
        let text = body.readableBytesUInt8Span
        do { _ = try UTF8Span(validating: text) } catch {
            throw RPCError(.parseError, "Not valid JSON: the body is not UTF-8.")
        }
        var fields = Fields()
        do {
            var reader = JSONReader(text)
            let first = try reader.peekToken()
            if first == UInt8(ascii: "{") {
                try fields.read(&reader)
                try reader.expectEnd()
            } else {
                _ = try reader.skipValue(depth: self.maximumDepth)
                try reader.expectEnd()
                return first == UInt8(ascii: "[") ? .batch : .scalar
            }
        } catch { throw RPCError(error) }
        if let key = fields.duplicate {
            throw RPCError(.parseError, "Not valid JSON: the key \"\(key)\" stands twice in one object.")
        }
        return .message(fields.message)
    }

    /// What has been read of a message so far.
    private struct Fields {
        var message = ScannedMessage()
        /// A routing key that came twice: two readers might route the message differently.
        var duplicate: String?
        private var seen: UInt8 = 0

        private static let routingKeys = ["jsonrpc", "id", "method", "params", "result", "error"]

        mutating func read(_ reader: inout JSONReader) throws(JSONError) {
            try reader.forEachMember { (key, reader) throws(JSONError) in
                self.note(key)
                try self.readMember(key, &reader)
            }
        }

        private mutating func note(_ key: String) {
            guard let index = Fields.routingKeys.firstIndex(of: key) else { return }
            let bit: UInt8 = 1 << UInt8(index)
            if self.seen & bit != 0 { self.duplicate = key }
            self.seen |= bit
        }

        private mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case "jsonrpc": self.message.isVersion2 = try reader.readValue(depth: maximumDepth) == "2.0"
            case "id":
                let id = RequestID(try reader.readValue(depth: maximumDepth))
                self.message.id = id.map { .valid($0) } ?? .malformed
            case "method":
                let method = try reader.readValue(depth: maximumDepth).stringValue
                self.message.method = method.map { .named($0) } ?? .malformed
            case "params": try self.readParams(&reader)
            case "result", "error":
                self.message.hasOutcome = true
                _ = try reader.skipValue(depth: maximumDepth)
            default: _ = try reader.skipValue(depth: maximumDepth)
            }
        }

        private mutating func readParams(_ reader: inout JSONReader) throws(JSONError) {
            guard try reader.peekToken() == UInt8(ascii: "{") else {
                self.message.params = try reader.skipValue(depth: maximumDepth)
                return
            }
            let start = reader.offset
            var meta: JSONValue?
            try reader.forEachMember { (key, reader) throws(JSONError) in
                if key == "_meta" {
                    meta = try reader.readValue(depth: maximumDepth)
                } else {
                    _ = try reader.skipValue(depth: maximumDepth)
                }
            }
            self.message.meta = meta
            self.message.params = start..<reader.offset
        }
    }
}
