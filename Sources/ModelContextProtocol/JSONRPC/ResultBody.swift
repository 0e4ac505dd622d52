import JSON
import NIOCore

/// A result before its envelope: the members that all revisions share.
struct ResultBody: Sendable {
    /// Members of the result object, without braces; may be empty.
    var members: ByteBuffer
    /// What `resultType` says to those revisions that have it.
    var type: ResultType
    /// How long and by whom the result may be kept, on the methods that say so.
    var caching: CachingHint?
    /// The server's own `_meta` members.
    var meta: JSONObject?

    enum ResultType: String, Sendable { case complete, inputRequired = "input_required", task }

    init(
        members: ByteBuffer = ByteBuffer(), type: ResultType = .complete, caching: CachingHint? = nil,
        meta: JSONObject? = nil
    ) {
        (self.members, self.type, self.caching, self.meta) = (members, type, caching, meta)
    }

    /// The members of an object.
    init(
        _ object: JSONObject, type: ResultType = .complete, caching: CachingHint? = nil, meta: JSONObject? = nil
    ) {
        var members = ByteBuffer()
        members.writeMembers(object)
        self.init(members: members, type: type, caching: caching, meta: meta)
    }
}

/// How long clients of 2026-07-28 may keep a result, and whether others may see it.
struct CachingHint: Sendable, Equatable {
    enum Scope: String, Sendable { case `public`, `private` }
    var milliseconds: Int
    var scope: Scope
}

extension ByteBuffer {
    /// Appends the members of an object, separated by commas, without braces.
    mutating func writeMembers(_ object: JSONObject) {
        var isFirst = true
        for (key, value) in object {
            if !isFirst { self.writeStaticString(",") }
            isFirst = false
            self.writeJSONString(key)
            self.writeStaticString(":")
            self.writeJSON(value)
        }
    }
}
