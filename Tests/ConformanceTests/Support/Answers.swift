import JSON

/// What an obliging user and client answer to the questions of a server.
enum Answers {
    /// The bare result for `request`, an object with `method` and `params`.
    static func accepting(_ request: JSONValue) -> JSONValue {
        switch request["method"]?.stringValue {
        case "elicitation/create":
            ["action": "accept", "content": self.content(request["params"]?["requestedSchema"])]
        case "sampling/createMessage":
            [
                "role": "assistant", "content": ["type": "text", "text": "sampled text"], "model": "test-model",
                "stopReason": "endTurn",
            ]
        case "roots/list": ["roots": [["uri": "file:///test/root", "name": "Root"]]]
        default: [:]
        }
    }

    /// Answers to all the questions of an `input_required` result.
    static func accepting(all requests: JSONValue?) -> JSONValue {
        .object(requests?.objectValue?.reduce(into: JSONObject()) { $0[$1.key] = self.accepting($1.value) } ?? [:])
    }

    /// A value for every property of a form.
    static func content(_ schema: JSONValue?) -> JSONValue {
        let properties = schema?["properties"]?.objectValue
        return .object(properties?.reduce(into: JSONObject()) { $0[$1.key] = self.value($1.value) } ?? [:])
    }

    private static func value(_ schema: JSONValue) -> JSONValue {
        if let choice = schema["enum"]?[0] ?? schema["oneOf"]?[0]?["const"] { return choice }
        switch schema["type"]?.stringValue {
        case "boolean": return true
        case "integer", "number": return schema["minimum"] ?? 30
        case "array":
            let items = schema["items"]
            return .array([items?["enum"]?[0] ?? items?["anyOf"]?[0]?["const"] ?? "x"])
        default: return schema["format"] == "email" ? "ada@example.com" : "Ada Lovelace"
        }
    }
}
