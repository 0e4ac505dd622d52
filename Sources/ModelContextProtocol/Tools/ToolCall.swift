package import JSON

/// One call of a tool.
package struct ToolCall: Sendable {
    /// An object; empty when the client sent none.
    package let arguments: JSONObject
    package let context: RequestContext

    init(arguments: JSONObject, context: RequestContext) {
        self.arguments = arguments
        self.context = context
    }
}
