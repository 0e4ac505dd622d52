package import JSON

/// One tool: what clients are told of it, and what it does.
package struct Tool: Sendable {
    package var name: String
    package var title: String?
    package var description: String
    package var inputSchema: JSONValue
    package var outputSchema: JSONValue?
    package var annotations: ToolAnnotations
    /// Does the work.
    ///
    /// Checking the arguments against ``inputSchema`` is part of it.
    package var call: @Sendable (ToolCall) async -> ToolResult

    package init(
        name: String, title: String? = nil, description: String, inputSchema: JSONValue, outputSchema: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations(), call: @escaping @Sendable (ToolCall) async -> ToolResult
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.call = call
    }
}
