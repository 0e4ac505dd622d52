import JSON
import NIOCore

/// The fields of one JSON-RPC object that decide where it goes; its parameters stay bytes until somebody needs them.
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
    var isVersion2 = false
    var id = ID.absent
    var method = Method.absent
    /// Where the value of `params` stands in the body.
    var params: Range<Int>?
    /// `params._meta`, which says what revision the message claims and whether progress is wanted.
    var meta: JSONValue?
    var hasOutcome = false

    var requestID: RequestID? {
        guard case .valid(let id) = self.id else { return nil }
        return id
    }

    /// The revision a self-describing request names.
    var claimedRevision: JSONValue? { self.meta?["io.modelcontextprotocol/protocolVersion"] }

    /// The parameters as a tree; nil when there are none.
    func parameters(in body: ByteBuffer) throws(RPCError) -> JSONValue? {
        guard let params else { return nil }
        do {
            return try JSONValue(
                parsing: body.readableBytesUInt8Span.extracting(params), maximumDepth: MessageScanner.maximumDepth)
        } catch { throw RPCError(error, offset: params.lowerBound) }
    }
}
