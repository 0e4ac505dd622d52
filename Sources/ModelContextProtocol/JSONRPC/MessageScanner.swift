import JSON
import NIOCore

/// Reads the routing fields of a body in one pass, without building the rest.
enum MessageScanner {
    /// How deep values may nest; deeper bodies are errors, never a stack overflow.
    static let maximumDepth = 128
    /// Messages one batch may hold.
    static let maximumBatch = 64
    /// Longest `params._meta`: it is parsed before anything is known of the request.
    private static let maximumMetaBytes = 64 * 1024
    /// Members `params` may have: known methods have ten at most.
    private static let maximumMembers = 256

    enum Body: Sendable, Equatable {
        case message(ScannedMessage)
        /// An array; what is not an object in it is nil.
        case batch([ScannedMessage?])
        /// JSON, but neither an object nor an array.
        case scalar
    }

    /// - Throws: a parse error that tells what is not JSON in UTF-8, and where.
    static func scan(_ body: ByteBuffer) throws(RPCError) -> Body {
        let text = body.readableBytesUInt8Span
        do { _ = try UTF8Span(validating: text) } catch {
            throw RPCError(.parseError, "Not valid JSON: the body is not UTF-8.")
        }
        var problem: RPCError?
        let scanned: Body
        do { scanned = try self.read(text, &problem) } catch { throw RPCError(error) }
        if let problem { throw problem }
        return scanned
    }

    private static func read(_ text: Span<UInt8>, _ problem: inout RPCError?) throws(JSONError) -> Body {
        var reader = JSONReader(text)
        let body: Body
        switch try reader.peekToken() {
        case UInt8(ascii: "{"): body = .message(try self.readMessage(&reader, &problem))
        case UInt8(ascii: "["):
            var messages: [ScannedMessage?] = []
            try reader.forEachElement { (reader) throws(JSONError) in
                guard messages.count <= self.maximumBatch, try reader.peekToken() == UInt8(ascii: "{") else {
                    _ = try reader.skipValue(depth: self.maximumDepth)
                    if messages.count <= self.maximumBatch { messages.append(nil) }
                    return
                }
                messages.append(try self.readMessage(&reader, &problem))
            }
            body = .batch(messages)
        default:
            _ = try reader.skipValue(depth: self.maximumDepth)
            body = .scalar
        }
        try reader.expectEnd()
        return body
    }

    private static func readMessage(
        _ reader: inout JSONReader, _ problem: inout RPCError?
    ) throws(JSONError) -> ScannedMessage {
        var fields = Fields()
        try fields.read(&reader)
        if problem == nil { problem = fields.problem }
        return fields.message
    }

    /// What has been read of a message so far.
    private struct Fields {
        var message = ScannedMessage()
        /// The first thing that makes the message ambiguous or too large, although it is JSON.
        var problem: RPCError?
        private var seen: UInt8 = 0

        /// The keys that decide where a message goes.
        private enum RoutingKey: UInt8, CaseIterable {
            case jsonrpc, id, method, params, result, error

            var name: StaticString {
                switch self {
                case .jsonrpc: "jsonrpc"
                case .id: "id"
                case .method: "method"
                case .params: "params"
                case .result: "result"
                case .error: "error"
                }
            }
        }

        mutating func read(_ reader: inout JSONReader) throws(JSONError) {
            try reader.forEachKey { (key, reader) throws(JSONError) in
                guard let known = RoutingKey.allCases.first(where: { reader.matches(key, $0.name) }) else {
                    try reader.skipValue(depth: maximumDepth)
                    return
                }
                self.note(known)
                try self.readMember(known, &reader)
            }
        }

        /// A routing key that comes twice: two readers might route the message differently.
        private mutating func note(_ key: RoutingKey) {
            let bit: UInt8 = 1 << key.rawValue
            if self.seen & bit != 0 { self.note(duplicate: "\(key.name)") }
            self.seen |= bit
        }

        private mutating func note(duplicate key: String) {
            guard self.problem == nil else { return }
            self.problem = RPCError(
                .parseError, "Not valid JSON: the key \"\(key.prefix(64))\" stands twice in one object.")
        }

        private mutating func readMember(_ key: RoutingKey, _ reader: inout JSONReader) throws(JSONError) {
            switch key {
            case .jsonrpc: self.message.isVersion2 = try reader.readValue(depth: maximumDepth) == "2.0"
            case .id:
                let id = RequestID(try reader.readValue(depth: maximumDepth))
                self.message.id = id.map { .valid($0) } ?? .malformed
            case .method:
                let method = try reader.readValue(depth: maximumDepth).stringValue
                self.message.method = method.map { .named($0) } ?? .malformed
            case .params: try self.readParams(&reader)
            case .result: self.message.result = try reader.skipValue(depth: maximumDepth)
            case .error: self.message.error = try reader.skipValue(depth: maximumDepth)
            }
        }

        private mutating func readParams(_ reader: inout JSONReader) throws(JSONError) {
            let first = try reader.peekToken()
            guard first == UInt8(ascii: "{") else {
                _ = try reader.skipValue(depth: maximumDepth)
                self.message.malformedParams = Fields.kind(startingWith: first)
                return
            }
            var members: [ScannedMessage.Member] = []
            try reader.forEachMember { (key, reader) throws(JSONError) in
                if key == "_meta" {
                    if self.message.meta != nil { self.note(duplicate: key) }
                    let range = try reader.skipValue(depth: maximumDepth)
                    guard range.count <= maximumMetaBytes else {
                        let error = RPCError(
                            .invalidParams,
                            "params._meta has \(range.count) bytes; at most \(maximumMetaBytes) are read.")
                        self.problem = self.problem ?? error
                        return
                    }
                    self.message.meta = try reader.value(at: range, depth: maximumDepth)
                } else {
                    let value = try reader.skipValue(depth: maximumDepth)
                    guard members.count < maximumMembers else {
                        self.problem = self.problem ?? RPCError(.invalidRequest, "params has too many members.")
                        return
                    }
                    if members.contains(where: { $0.key == key }) { self.note(duplicate: key) }
                    members.append(ScannedMessage.Member(key: key, value: value))
                }
            }
            self.message.members = members
        }

        /// The word for a value other than an object; nil for null, which counts as absent.
        private static func kind(startingWith byte: UInt8) -> String? {
            switch byte {
            case UInt8(ascii: "n"): nil
            case UInt8(ascii: "["): "an array"
            case UInt8(ascii: "\""): "a string"
            case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
            default: "a number"
            }
        }
    }
}
