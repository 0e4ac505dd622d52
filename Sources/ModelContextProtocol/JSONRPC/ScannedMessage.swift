import JSON
import NIOCore

/// The fields of one JSON-RPC object that decide where it goes; the rest stays bytes until somebody needs it.
struct ScannedMessage: Sendable, Equatable {
    /// What stands under the key `id`: its presence, not its value, tells a request from a notification.
    enum ID: Sendable, Equatable {
        case absent, malformed
        case valid(RequestID)
    }
    /// What stands under the key `method`.
    enum Method: Sendable, Equatable {
        case absent, malformed
        case named(String)
    }
    /// One member of `params`, and where its value stands in the body.
    struct Member: Sendable, Equatable {
        let key: String
        let value: Range<Int>
    }
    var isVersion2 = false
    var id = ID.absent
    var method = Method.absent
    /// The members of `params`; empty when there are none.
    var members: [Member] = []
    /// What `params` is, if it is not an object.
    var malformedParams: String?
    /// `params._meta`, which says what revision the message claims and whether progress is wanted.
    var meta: JSONValue?
    /// Where the value of `result` stands in the body, if the message is an answer.
    var result: Range<Int>?
    /// Where the value of `error` stands in the body, if the message says that something failed.
    var error: Range<Int>?

    var hasOutcome: Bool { self.result != nil || self.error != nil }

    var requestID: RequestID? {
        guard case .valid(let id) = self.id else { return nil }
        return id
    }

    /// The revision a self-describing request names.
    var claimedRevision: JSONValue? { self.meta?[RequestMeta.revisionKey] }

    /// Whether the message describes itself as requests of 2026-07-28 do.
    var isSelfDescribing: Bool { self.claimedRevision != nil }
}
