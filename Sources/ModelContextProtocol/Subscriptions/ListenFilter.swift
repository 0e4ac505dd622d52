import JSON

/// What one `subscriptions/listen` wants to be told of, as far as the server has it.
struct ListenFilter: Sendable, Equatable {
    private(set) var tools = false
    private(set) var prompts = false
    private(set) var resources = false
    /// nil when not asked for.
    private(set) var uris: Set<String>?
    private(set) var tasks: Set<String>?

    /// Things one stream may name, and how long the names may be.
    static let maximumNames = 64
    static let maximumNameBytes = 1024

    /// - Throws: `-32602` that names what is of the wrong type.
    init(_ wanted: JSONObject, features: MCPFeatures, tracksTasks: Bool) throws(RPCError) {
        let changes = features.announcesListChanges
        self.tools = try Self.flag("toolsListChanged", wanted) && changes && !features.tools.isEmpty
        self.prompts = try Self.flag("promptsListChanged", wanted) && changes && !features.prompts.isEmpty
        self.resources = try Self.flag("resourcesListChanged", wanted) && changes && features.hasResources
        let uris = try Self.names("resourceSubscriptions", wanted)
        if features.takesSubscriptions, features.hasResources { self.uris = uris }
        let tasks = try Self.names("taskIds", wanted)
        if features.runsTasks, tracksTasks { self.tasks = tasks }
    }

    /// The honoured subset, for the acknowledgement.
    var json: JSONObject {
        var object: JSONObject = [:]
        if self.tools { object["toolsListChanged"] = true }
        if self.prompts { object["promptsListChanged"] = true }
        if self.resources { object["resourcesListChanged"] = true }
        object["resourceSubscriptions"] = self.uris.map { .array($0.sorted().map { .string($0) }) }
        object["taskIds"] = self.tasks.map { .array($0.sorted().map { .string($0) }) }
        return object
    }

    func wants(_ change: Change) -> Bool {
        switch change {
        case .tools: self.tools
        case .prompts: self.prompts
        case .resources: self.resources
        case .resource(let uri): self.uris?.contains(uri) ?? false
        case .task(let task): self.tasks?.contains(task.id) ?? false
        }
    }

    private static func flag(_ key: String, _ wanted: JSONObject) throws(RPCError) -> Bool {
        switch wanted[key] {
        case nil, .null: return false
        case .bool(let flag): return flag
        case .some(let value):
            throw RPCError(.invalidParams, "params.notifications.\(key) must be a boolean, not \(value.kind).")
        }
    }

    private static func names(_ key: String, _ wanted: JSONObject) throws(RPCError) -> Set<String>? {
        guard let value = wanted[key], !value.isNull else { return nil }
        let names = value.arrayValue?.compactMap(\.stringValue)
        guard let names, names.count == value.arrayValue?.count, names.count <= self.maximumNames,
            names.allSatisfy({ $0.utf8.count <= self.maximumNameBytes })
        else {
            throw RPCError(
                .invalidParams,
                "params.notifications.\(key) must be an array of at most \(self.maximumNames) strings of at most "
                    + "\(self.maximumNameBytes) bytes.")
        }
        return Set(names)
    }
}
