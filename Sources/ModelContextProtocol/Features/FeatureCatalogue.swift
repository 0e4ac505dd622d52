import JSON
import NIOCore

/// What the server offers, by name, with everything encoded that can be.
final class FeatureCatalogue: Sendable {
    let features: MCPFeatures
    /// What a call needs of each tool.
    let tools: [String: CallableTool]
    let headerParameters: [String: [HeaderParameter]]
    let prompts: [String: Prompt]
    let resources: [String: Resource]
    let templates: [(pattern: URITemplate, template: ResourceTemplate)]
    let toolListing: Listing
    let promptListing: Listing
    let resourceListing: Listing
    let templateListing: Listing
    let caching: CachingHint
    private let handshakes: [ProtocolRevision: ResultBody]
    let discovery: ResultBody

    init(_ features: MCPFeatures, configuration: MCPConfiguration) {
        let size = max(1, configuration.pageSize)
        let caching = CachingHint(
            milliseconds: Int(configuration.cacheLifetime / .milliseconds(1)),
            scope: configuration.listsArePublic ? .public : .private)
        self.features = features
        self.tools = Dictionary(
            uniqueKeysWithValues: features.tools.map {
                ($0.name, CallableTool(handler: $0.handler, taskAfter: $0.taskAfter))
            })
        self.headerParameters = Dictionary(
            uniqueKeysWithValues: features.tools.map { ($0.name, HeaderParameter.all(in: $0.inputSchema)) }
        ).filter { !$0.value.isEmpty }
        self.prompts = Dictionary(uniqueKeysWithValues: features.prompts.map { ($0.name, $0) })
        self.resources = Dictionary(uniqueKeysWithValues: features.resources.map { ($0.uri, $0) })
        self.templates = features.resourceTemplates.map { (URITemplate($0.uriTemplate), $0) }
        // Hosts that never ask for a second page would miss tools: theirs is one.
        self.toolListing = Listing("tools", of: features.tools, pageSize: max(1, features.tools.count)) {
            $0.definition(for: $1)
        }
        self.promptListing = Listing("prompts", of: features.prompts, pageSize: size) { $0.definition(for: $1) }
        self.resourceListing = Listing("resources", of: features.resources, pageSize: size) { $0.definition(for: $1) }
        self.templateListing = Listing("resourceTemplates", of: features.resourceTemplates, pageSize: size) {
            $0.definition(for: $1)
        }
        self.caching = caching
        self.handshakes = Dictionary(
            uniqueKeysWithValues: ProtocolRevision.legacy.map { revision in
                var result: JSONObject = [
                    "protocolVersion": .string(revision.rawValue),
                    "capabilities": .object(Self.capabilities(features, revision)),
                    "serverInfo": configuration.serverInfo(for: revision),
                ]
                result["instructions"] = configuration.instructions.map { .string($0) }
                return (revision, ResultBody(result))
            })
        var discovery: JSONObject = [
            "supportedVersions": .array(ProtocolRevision.modern.map { .string($0.rawValue) }),
            "capabilities": .object(Self.capabilities(features, .july2026)),
        ]
        discovery["instructions"] = configuration.instructions.map { .string($0) }
        self.discovery = ResultBody(discovery, caching: caching)
    }

    /// The `InitializeResult` of a legacy revision.
    func handshake(for revision: ProtocolRevision) -> ResultBody { self.handshakes[revision] ?? ResultBody() }

    /// What a revision's clients are told the server can do.
    private static func capabilities(_ features: MCPFeatures, _ revision: ProtocolRevision) -> JSONObject {
        let changes: JSONValue = features.announcesListChanges ? ["listChanged": true] : [:]
        var object: JSONObject = [:]
        if features.logs { object["logging"] = [:] }
        if !features.prompts.isEmpty { object["prompts"] = changes }
        if features.hasResources {
            var resources = changes.objectValue ?? [:]
            if features.takesSubscriptions { resources["subscribe"] = true }
            object["resources"] = .object(resources)
        }
        if !features.tools.isEmpty { object["tools"] = changes }
        if features.hasCompletions, revision >= .march2025 { object["completions"] = [:] }
        if features.runsTasks, revision.isModern { object["extensions"] = [TaskExtension.identifier: [:]] }
        return object
    }
}

/// The part of a tool that is needed to call it.
struct CallableTool: Sendable {
    let handler: Handler<ToolCall, ToolResult>
    let taskAfter: Duration?
}
