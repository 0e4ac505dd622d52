package import JSON

/// What a tool answers.
package struct ToolResult: Sendable {
    /// One block of content.
    package enum Content: Sendable {
        case text(String)
        case image(base64: String, mimeType: String)
    }
    package var content: [Content]
    /// A value that fits the tool's output schema; repeat it as text for clients older than 2025-06-18.
    package var structuredContent: JSONValue?
    package var isError: Bool

    package init(content: [Content], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    package static func text(_ text: String) -> ToolResult { ToolResult(content: [.text(text)]) }
    package static func error(_ text: String) -> ToolResult { ToolResult(content: [.text(text)], isError: true) }
}
