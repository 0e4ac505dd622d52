import JSON

/// The modules a search found, told in the detail asked for.
struct SearchAnswer {
    let request: SearchRequest
    /// Numbers of modules.
    private let shown: ArraySlice<Int>
    /// Found, but past the limit.
    private let more: Int
    private let search: ToolSearch
    private let catalogue: ToolCatalogue

    init(_ request: SearchRequest, search: ToolSearch, catalogue: ToolCatalogue) {
        let found = search.ranking(for: request.query, category: request.category).hits.map(\.module)
        self.request = request
        self.shown = found.prefix(request.limit)
        self.more = found.count - self.shown.count
        self.search = search
        self.catalogue = catalogue
    }

    /// Bytes of modules shown at once.
    static let mostBytes = 10 * 1024

    /// For a model.
    var text: String {
        guard !self.shown.isEmpty else {
            let place = self.request.category.map { " in \($0)" } ?? ""
            return """
                No tool matches "\(ToolSearch.cut(self.request.query).prefix(100))"\(place). Categories: \
                \(self.catalogue.categories.joined(separator: ", ")). read_tools {"path": "tools"} lists all tools.
                """
        }
        var parts: [String] = []
        var bytes = 0
        var named: [String] = []
        for module in self.shown {
            let details = self.search.details[module]
            // The best is always shown whole; sources that would not fit are named.
            if parts.isEmpty || bytes + details[self.request.detail].utf8.count <= Self.mostBytes {
                parts.append(details[self.request.detail])
                bytes += details[self.request.detail].utf8.count
            } else {
                named.append(details[.name])
            }
        }
        if !named.isEmpty {
            parts.append("(also, not shown for their size: \(named.joined(separator: ", ")); read_tools them)")
        }
        if self.more > 0 { parts.append("(\(self.more) more; raise limit or narrow the query)") }
        return parts.joined(separator: self.request.detail == .full ? "\n\n" : "\n")
    }

    /// For a script: an array of objects.
    var json: JSONValue {
        .array(
            self.shown.map { number in
                let module = self.search.modules[number]
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
