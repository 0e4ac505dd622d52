import JSON
import NIOCore

/// The parameters of a message: which members there are and where; each is parsed when somebody asks for it.
struct Params: Sendable {
    /// The body the ranges point into.
    private let body: ByteBuffer
    private let members: [ScannedMessage.Member]

    init(_ message: ScannedMessage, in body: ByteBuffer) {
        self.body = body
        self.members = message.members
    }

    func contains(_ key: String) -> Bool { self.members.contains { $0.key == key } }

    /// The value of a member; nil when it is absent or null.
    func value(_ key: String) throws(RPCError) -> JSONValue? {
        guard let member = self.members.first(where: { $0.key == key }) else { return nil }
        do {
            let text = self.body.readableBytesUInt8Span.extracting(member.value)
            let value = try JSONValue(parsing: text, maximumDepth: MessageScanner.maximumDepth)
            if value.isNull { return Optional.none }
            return value
        } catch { throw RPCError(error, offset: member.value.lowerBound) }
    }

    /// The value of a member that must be there and be a string.
    func string(_ key: String) throws(RPCError) -> String {
        guard let value = try self.value(key) else {
            throw RPCError(.invalidParams, "params.\(key) is missing: it must be a string.")
        }
        guard let string = value.stringValue else {
            throw RPCError(.invalidParams, "params.\(key) must be a string, not \(value.kind).")
        }
        return string
    }

    /// The value of a member that is an object when it is there; null counts as absent.
    func object(_ key: String) throws(RPCError) -> JSONObject? {
        guard let value = try self.value(key) else { return nil }
        guard let object = value.objectValue else {
            throw RPCError(.invalidParams, "params.\(key) must be an object, not \(value.kind).")
        }
        return object
    }

    /// All members but `excluded`, as compact text with sorted keys: the same request gives the same text.
    func canonicalText(without excluded: Set<String>) throws(RPCError) -> [UInt8] {
        var object = JSONObject()
        for member in self.members where !excluded.contains(member.key) {
            if let value = try self.value(member.key) { object[member.key] = value }
        }
        return JSONValue.object(object).sorted.serialized
    }
}

extension JSONValue {
    /// The value with the members of every object in the order of their keys.
    fileprivate var sorted: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(
                object.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0.append($1.key, $1.value.sorted) })
        }
    }
}
