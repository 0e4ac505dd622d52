import JSON

/// Which members the objects of each revision have.
struct Members {
    let revision: Revision

    private typealias Table = [(name: String, since: Revision)]

    private static let tool: Table = [
        ("name", .v2024_11_05), ("description", .v2024_11_05), ("inputSchema", .v2024_11_05),
        ("annotations", .v2025_03_26), ("title", .v2025_06_18), ("outputSchema", .v2025_06_18),
        ("_meta", .v2025_06_18), ("icons", .v2025_11_25),
    ]
    private static let resource: Table = [
        ("uri", .v2024_11_05), ("uriTemplate", .v2024_11_05), ("name", .v2024_11_05), ("description", .v2024_11_05),
        ("mimeType", .v2024_11_05), ("annotations", .v2024_11_05), ("size", .v2024_11_05), ("title", .v2025_06_18),
        ("_meta", .v2025_06_18), ("icons", .v2025_11_25),
    ]
    private static let prompt: Table = [
        ("name", .v2024_11_05), ("description", .v2024_11_05), ("arguments", .v2024_11_05), ("title", .v2025_06_18),
        ("_meta", .v2025_06_18), ("icons", .v2025_11_25),
    ]
    private static let argument: Table = [
        ("name", .v2024_11_05), ("description", .v2024_11_05), ("required", .v2024_11_05), ("title", .v2025_06_18),
    ]
    private static let callResult: Table = [
        ("content", .v2024_11_05), ("isError", .v2024_11_05), ("_meta", .v2024_11_05),
        ("structuredContent", .v2025_06_18), ("resultType", .v2026_07_28),
    ]
    private static let capability: Table = [
        ("experimental", .v2024_11_05), ("logging", .v2024_11_05), ("prompts", .v2024_11_05),
        ("resources", .v2024_11_05), ("tools", .v2024_11_05), ("completions", .v2025_03_26),
        ("extensions", .v2026_07_28),
    ]
    private static let serverInfo: Table = [
        ("name", .v2024_11_05), ("version", .v2024_11_05), ("title", .v2025_06_18), ("description", .v2025_11_25),
        ("icons", .v2025_11_25), ("websiteUrl", .v2025_11_25),
    ]
    private static let block: Table = [
        ("type", .v2024_11_05), ("annotations", .v2024_11_05), ("_meta", .v2025_06_18),
    ]
    private static let blockTypes: Table = [
        ("text", .v2024_11_05), ("image", .v2024_11_05), ("resource", .v2024_11_05), ("audio", .v2025_03_26),
        ("resource_link", .v2025_06_18),
    ]
    private static let blockMembers: [String: Set<String>] = [
        "text": ["text"], "image": ["data", "mimeType"], "audio": ["data", "mimeType"], "resource": ["resource"],
        "resource_link": ["uri", "name", "title", "description", "mimeType", "size", "icons"],
    ]

    /// The members in `result` of `method` that this revision does not have.
    func unknown(in result: JSONValue, of method: String) -> [String] {
        switch method {
        case "initialize", "server/discover":
            return self.capabilities(result["capabilities"])
                + self.unknown(in: result["serverInfo"], Members.serverInfo, "serverInfo")
        case "tools/list": return self.each(result["tools"], Members.tool, "tool")
        case "resources/list": return self.each(result["resources"], Members.resource, "resource")
        case "resources/templates/list": return self.each(result["resourceTemplates"], Members.resource, "template")
        case "resources/read": return (result["contents"]?.arrayValue ?? []).flatMap { self.contents($0) }
        case "prompts/list":
            let prompts = result["prompts"]?.arrayValue ?? []
            return self.each(result["prompts"], Members.prompt, "prompt")
                + prompts.flatMap { self.each($0["arguments"], Members.argument, "argument") }
        case "prompts/get": return (result["messages"]?.arrayValue ?? []).flatMap { self.block($0["content"]) }
        case "tools/call" where result["resultType"] == nil || result["resultType"] == "complete":
            return self.unknown(in: result, Members.callResult, "result")
                + (result["content"]?.arrayValue ?? []).flatMap { self.block($0) }
        default: return []
        }
    }

    private func capabilities(_ capabilities: JSONValue?) -> [String] {
        // `tasks` was a capability of one revision only, which this server does not offer.
        self.unknown(in: capabilities, Members.capability, "capability")
    }

    /// One content block.
    func block(_ block: JSONValue?) -> [String] {
        guard let block, let type = block["type"]?.stringValue else { return ["a block without a type"] }
        guard Members.blockTypes.contains(where: { $0.name == type && $0.since <= self.revision }) else {
            return ["a block of type \(type)"]
        }
        let own = Members.blockMembers[type] ?? []
        let rest = JSONValue.object(
            block.objectValue?.reduce(into: JSONObject()) { if !own.contains($1.key) { $0[$1.key] = $1.value } } ?? [:])
        var found = self.unknown(in: rest, Members.block, type)
        if self.revision < .v2025_06_18, block["annotations"]?["lastModified"] != nil {
            found.append("\(type) has annotations.lastModified")
        }
        if type == "resource", let contents = block["resource"] { found += self.contents(contents) }
        return found
    }

    /// What reading a resource gives.
    private func contents(_ contents: JSONValue) -> [String] {
        var allowed: Set<String> = ["uri", "mimeType", "text", "blob"]
        if self.revision >= .v2025_06_18 { allowed.insert("_meta") }
        return contents.keys.subtracting(allowed).sorted().map { "contents have \($0)" }
    }

    private func each(_ array: JSONValue?, _ table: Table, _ what: String) -> [String] {
        (array?.arrayValue ?? []).flatMap { self.unknown(in: $0, table, what) }
    }

    private func unknown(in object: JSONValue?, _ table: Table, _ what: String) -> [String] {
        guard let object else { return [] }
        let known = Set(table.filter { $0.since <= self.revision }.map(\.name))
        return object.keys.subtracting(known).sorted().map { "\(what) has \($0)" }
    }
}
