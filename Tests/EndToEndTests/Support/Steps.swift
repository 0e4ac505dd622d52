import JSON

/// What a client script saw at each step: a name, a tab, and JSON on each line.
struct Steps {
    private let seen: [String: JSONValue]

    init(_ output: String) throws {
        self.seen = try output.split(separator: "\n").reduce(into: [:]) { seen, line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            seen[String(parts[0])] = try JSONValue(parsing: String(parts.last ?? ""))
        }
    }

    subscript(name: String) -> JSONValue? { self.seen[name] }

    /// The strings of a step that saw a list.
    func list(_ name: String) -> [String] { self.seen[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The text blocks of a step that called a tool, in one.
    func text(_ name: String) -> String {
        (self.seen[name]?["text"]?.arrayValue?.compactMap(\.stringValue) ?? []).joined(separator: "\n")
    }

    func isError(_ name: String) -> Bool? { self.seen[name]?["isError"]?.boolValue }

    func count(_ name: String, _ key: String) -> Int? {
        self.seen[name]?[key]?.arrayValue?.count ?? self.seen[name]?[key]?.intValue
    }
}
