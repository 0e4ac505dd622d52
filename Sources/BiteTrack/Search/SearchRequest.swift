import JSON

/// What `search_tools` and a script's `searchTools()` are asked, checked.
struct SearchRequest: Hashable {
    enum Detail: String, CaseIterable {
        case name, description, full
    }

    static let limits = 1...50
    private static let details = Detail.allCases.map(\.rawValue)

    var query: String
    var detail = Detail.description
    var category: String?
    var limit = 5

    /// - Throws: ``ArgumentError``.
    init(_ arguments: JSONObject, categories: [String]) throws(ArgumentError) {
        let reader = try ArgumentReader(arguments, known: ["query", "detail", "category", "limit"])
        self.query = try reader.string("query")
        if let detail = try reader.choice("detail", of: Self.details) {
            self.detail = Detail(rawValue: detail) ?? .description
        }
        self.category = try reader.choice("category", of: categories)
        if let limit = try reader.integer("limit", in: Self.limits) { self.limit = limit }
    }
}
