import JSON
import NIOCore

/// The tools by name, and their listing for each revision, encoded once.
struct ToolCatalogue: Sendable {
    private let tools: [String: Tool]
    private let listings: [ProtocolRevision: ByteBuffer]

    init(_ tools: [Tool]) {
        self.tools = Dictionary(uniqueKeysWithValues: tools.map { ($0.name, $0) })
        var listings: [ProtocolRevision: ByteBuffer] = [:]
        for revision in ProtocolRevision.allCases {
            var buffer = ByteBuffer()
            buffer.writeJSON(["tools": .array(tools.map { ToolCatalogue.definition(of: $0, revision: revision) })])
            listings[revision] = buffer
        }
        self.listings = listings
    }

    subscript(name: String) -> Tool? { self.tools[name] }

    var names: [String] { self.tools.keys.sorted() }

    /// The `ListToolsResult` object of a revision.
    func listing(for revision: ProtocolRevision) -> ByteBuffer { self.listings[revision] ?? ByteBuffer(string: "{}") }

    /// A tool as a revision describes it: fields a revision does not know are left out, for strict readers.
    static func definition(of tool: Tool, revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(tool.name)]
        var hints = tool.annotations.members
        if revision >= .june2025 {
            object["title"] = tool.title.map { .string($0) }
        } else if let title = tool.title {
            hints["title"] = .string(title)
        }
        object["description"] = .string(tool.description)
        object["inputSchema"] = tool.inputSchema
        if revision.hasStructuredContent, let schema = tool.outputSchema {
            object["outputSchema"] = schema["type"] == "object" ? schema : self.wrapped(schema)
        }
        if revision >= .march2025, !hints.isEmpty { object["annotations"] = .object(hints) }
        return .object(object)
    }

    /// The schema of `{"result": value}`, the form in which values other than objects travel.
    private static func wrapped(_ schema: JSONValue) -> JSONValue {
        ["type": "object", "properties": ["result": schema], "required": ["result"]]
    }
}
