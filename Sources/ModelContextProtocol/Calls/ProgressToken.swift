import JSON
import NIOCore

/// What a client put on its request to be told of progress.
struct ProgressToken: Sendable, Equatable {
    let value: JSONValue

    /// The token in a request's `_meta`; nil unless it is a short string or an integer, among them `0`
    /// and `""`.
    init?(meta: JSONValue?) {
        switch meta?["progressToken"] {
        case .string(let text) where text.utf8.count <= RequestID.maximumBytes: self.value = .string(text)
        case .number(let number) where number.int != nil: self.value = .number(number)
        default: return nil
        }
    }

    /// A `notifications/progress` message; `message` exists from 2025-03-26 on.
    func notification(
        progress: Double, total: Double?, message: String?, revision: ProtocolRevision
    ) -> ByteBuffer {
        var params: JSONObject = ["progressToken": self.value, "progress": JSONValue(progress)]
        if let total, total.isFinite { params["total"] = JSONValue(total) }
        if let message, revision >= .march2025 { params["message"] = .string(String(message.prefix(512))) }
        return MessageEncoder.notification("notifications/progress", params: .object(params))
    }
}
