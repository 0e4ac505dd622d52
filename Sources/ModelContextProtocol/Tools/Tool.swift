package import JSON

/// One tool: what clients are told of it, and what it does.
package struct Tool: Sendable {
    package var name: String
    /// A name for people; from 2025-06-18 on.
    package var title: String?
    package var description: String
    /// JSON Schema with the root type `object`.
    package var inputSchema: JSONValue
    /// JSON Schema of the structured content; from 2025-06-18 on, wrapped for those up to 2025-11-25 unless its root
    /// type is `object`.
    package var outputSchema: JSONValue?
    package var annotations: ToolAnnotations
    package var icons: [Icon] = []
    /// How long a call may take before it goes on as a task, where the client can follow one; nil for ever.
    package var taskAfter: Duration?
    /// Does the work; checking the arguments against ``inputSchema`` is part of it.
    package var handler: Handler<ToolCall, ToolResult>

    /// A tool that may wait.
    package init(
        name: String, title: String? = nil, description: String, inputSchema: JSONValue = Tool.noArguments,
        outputSchema: JSONValue? = nil, annotations: ToolAnnotations = ToolAnnotations(),
        call: @escaping @Sendable (ToolCall) async throws -> ToolResult
    ) {
        self.init(name, title, description, inputSchema, outputSchema, annotations, .suspending(call))
    }

    /// A tool that answers at once, on the event loop.
    package init(
        name: String, title: String? = nil, description: String, inputSchema: JSONValue = Tool.noArguments,
        outputSchema: JSONValue? = nil, annotations: ToolAnnotations = ToolAnnotations(),
        immediately call: @escaping @Sendable (ToolCall) throws -> ToolResult
    ) {
        self.init(name, title, description, inputSchema, outputSchema, annotations, .immediate(call))
    }

    private init(
        _ name: String, _ title: String?, _ description: String, _ inputSchema: JSONValue,
        _ outputSchema: JSONValue?, _ annotations: ToolAnnotations, _ handler: Handler<ToolCall, ToolResult>
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.handler = handler
    }

    /// The schema of a tool without arguments.
    package static var noArguments: JSONValue { ["type": "object", "additionalProperties": false] }

    /// What a revision's `tools/list` says of the tool: fields it does not know are left out, for strict readers.
    func definition(for revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(self.name)]
        var hints = self.annotations.members
        if revision >= .june2025 {
            object["title"] = self.title.map { .string($0) }
        } else if let title {
            hints["title"] = .string(title)
        }
        object["description"] = .string(self.description)
        object["inputSchema"] = self.inputSchema
        if revision.hasStructuredContent, let schema = self.outputSchema {
            object["outputSchema"] = revision.isModern || schema["type"] == "object" ? schema : Tool.wrapped(schema)
        }
        if revision >= .march2025, !hints.isEmpty { object["annotations"] = .object(hints) }
        if revision >= .november2025, !self.icons.isEmpty { object["icons"] = .array(self.icons.map(\.json)) }
        return .object(object)
    }

    /// The schema of `{"result": value}`, the form in which values other than objects travel up to 2025-11-25.
    private static func wrapped(_ schema: JSONValue) -> JSONValue {
        ["type": "object", "properties": ["result": schema], "required": ["result"]]
    }
}
