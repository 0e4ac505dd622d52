package import JSON

/// What a tool answers.
package struct ToolResult: Sendable {
    package var content: [Content]
    /// A value that fits the tool's output schema; repeat it as text for clients older than 2025-06-18.
    package var structuredContent: JSONValue?
    /// Whether the work failed; the text says how, and what to do.
    package var isError: Bool

    package init(content: [Content], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    package static func text(_ text: String) -> ToolResult { ToolResult(content: [.text(text)]) }
    package static func error(_ text: String) -> ToolResult { ToolResult(content: [.text(text)], isError: true) }
}

/// Thrown by a tool whose work cannot be done, with what a model should know: becomes a result with `isError`.
package struct ToolFailure: Error, Sendable, Equatable {
    package var text: String

    package init(_ text: String) { self.text = text }
}
