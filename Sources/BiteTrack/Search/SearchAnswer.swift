import JSON

/// The modules a search found, told in the detail asked for.
struct SearchAnswer {
    let request: SearchRequest
    let shown: [ToolModule]
    /// Found, but past the limit.
    let more: Int
    let categories: [String]

    init(_ request: SearchRequest, search: ToolSearch, catalogue: ToolCatalogue) {
        let found = search.modules(for: request.query, category: request.category)
        self.request = request
        self.shown = Array(found.prefix(request.limit))
        self.more = found.count - self.shown.count
        self.categories = catalogue.categories
    }

    /// For a model.
    var text: String {
        guard !self.shown.isEmpty else {
            let place = self.request.category.map { " in \($0)" } ?? ""
            return """
                No tool matches "\(self.request.query.prefix(100))"\(place). Categories: \
                \(self.categories.joined(separator: ", ")). read_tools {"path": "tools"} lists all tools.
                """
        }
        var parts = self.shown.map(self.text)
        if self.more > 0 { parts.append("(\(self.more) more; raise limit or narrow the query)") }
        return parts.joined(separator: self.request.detail == .full ? "\n\n" : "\n")
    }

    private func text(of module: ToolModule) -> String {
        switch self.request.detail {
        case .name: module.path
        case .description:
            "\(module.path): \(module.summary)\n  \(module.signature)"
                + (module.documentation.cost.map { "\n  Cost: \($0)" } ?? "")
        case .full: "// \(module.path)\n\(module.text)"
        }
    }

    /// For a script: an array of objects.
    var json: JSONValue {
        .array(
            self.shown.map { module in
                var object: JSONObject = [
                    "path": .string(module.path), "category": .string(module.category), "name": .string(module.name),
                ]
                if self.request.detail != .name {
                    object["summary"] = .string(module.summary)
                    object["signature"] = .string(module.signature)
                    object["cost"] = module.documentation.cost.map { .string($0) }
                }
                if self.request.detail == .full { object["text"] = .string(module.text) }
                return .object(object)
            })
    }
}
