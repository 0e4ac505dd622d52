package import JSON
package import Sessions

/// One call of a tool.
///
/// When the client cancels its request, or the session ends, the task the tool runs in is cancelled.
package struct ToolCall: Sendable {
    /// An object; empty when the client sent none.
    package let arguments: JSONObject
    package let session: SessionID
    /// Sends `notifications/progress` when the client asked for it; does nothing otherwise.
    package let progress: @Sendable (_ progress: Double, _ total: Double?, _ message: String?) -> Void

    package init(
        arguments: JSONObject, session: SessionID,
        progress: @escaping @Sendable (Double, Double?, String?) -> Void = { _, _, _ in }
    ) {
        self.arguments = arguments
        self.session = session
        self.progress = progress
    }
}
