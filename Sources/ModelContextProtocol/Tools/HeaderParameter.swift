import JSON

/// A tool's argument that 2026-07-28 clients repeat in a header `Mcp-Param-…`, by `x-mcp-header` in the input schema.
struct HeaderParameter: Sendable, Equatable {
    /// The keys that lead to the argument.
    let path: [String]
    /// The header's name, lower-case.
    let header: String

    /// All of a schema, found along `properties` only.
    static func all(in schema: JSONValue) -> [HeaderParameter] { self.all(in: schema, path: []) }

    private static func all(in schema: JSONValue, path: [String]) -> [HeaderParameter] {
        var found: [HeaderParameter] = []
        for (name, property) in schema["properties"]?.objectValue ?? [:] {
            if let header = property["x-mcp-header"]?.stringValue {
                found.append(HeaderParameter(path: path + [name], header: "mcp-param-" + header.lowercased()))
            }
            found += self.all(in: property, path: path + [name])
        }
        return found
    }

    /// What does not agree between header and argument; nil when they do.
    func mismatch(_ field: HeaderField, _ arguments: JSONObject) -> RPCError? {
        var value: JSONValue? = .object(arguments)
        for key in self.path { value = value?[key] }
        if value?.isNull == true { value = nil }
        let name = self.path.joined(separator: ".")
        switch (field, value) {
        case (.absent, nil): return nil
        case (.absent, .some):
            return RPCError(.headerMismatch, "The header \(self.header) is missing: it repeats the argument \(name).")
        case (.conflicting, _): return RPCError(.headerMismatch, "The header \(self.header) is given twice.")
        case (.single, nil):
            return RPCError(
                .headerMismatch, "The header \(self.header) repeats the argument \(name), which is missing.")
        case (.single(let text), .some(let value)):
            guard let text = RoutingHeader.decode(text), HeaderParameter.agrees(text, value) else {
                return RPCError(.headerMismatch, "The header \(self.header) and the argument \(name) differ.")
            }
            return nil
        }
    }

    private static func agrees(_ text: String, _ value: JSONValue) -> Bool {
        switch value {
        case .string(let string): string.utf8.elementsEqual(text.utf8)
        case .bool(let bool): text == (bool ? "true" : "false")
        case .number(let number): number.text == text || (number.int != nil && number.int == Int(text))
        case .null, .array, .object: false
        }
    }
}
