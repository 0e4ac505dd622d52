import JSON

/// A form in the words of 2025-06-18, which has plain choices only and defaults only for booleans.
enum FormDialect {
    /// The schema as a revision knows it.
    static func schema(_ schema: JSONValue, for revision: ProtocolRevision) -> JSONValue {
        guard revision == .june2025, var object = schema.objectValue, let properties = object["properties"]?.objectValue
        else { return schema }
        object["properties"] = .object(
            properties.reduce(into: JSONObject()) { $0.append($1.key, self.plain($1.value)) })
        return .object(object)
    }

    /// What was filled in, as an answer to the form that was meant.
    static func content(_ answer: JSONValue, to schema: JSONValue, from revision: ProtocolRevision) -> JSONValue {
        guard revision == .june2025, var object = answer.objectValue, var content = object["content"]?.objectValue
        else { return answer }
        for (name, value) in content where schema["properties"]?[name]?["type"] == "array" && value.stringValue != nil {
            content[name] = [value]
        }
        object["content"] = .object(content)
        return .object(object)
    }

    private static func plain(_ property: JSONValue) -> JSONValue {
        guard var object = property.objectValue else { return property }
        if object["type"] != "boolean" { object["default"] = nil }
        // One choice of several is all there is: a list with one element, when it comes back.
        let choices = object["type"] == "array" ? object["items"] ?? [:] : property
        if let titled = (choices["oneOf"] ?? choices["anyOf"])?.arrayValue {
            self.setChoices(titled.compactMap { $0["const"] }, titles: titled.map { $0["title"] ?? "" }, in: &object)
        } else if object["type"] == "array", let plain = choices["enum"]?.arrayValue {
            self.setChoices(plain, titles: nil, in: &object)
        }
        return .object(object)
    }

    private static func setChoices(_ values: [JSONValue], titles: [JSONValue]?, in object: inout JSONObject) {
        for key in ["oneOf", "items", "minItems", "maxItems"] { object[key] = nil }
        object["type"] = "string"
        object["enum"] = .array(values)
        object["enumNames"] = titles.map { .array($0) }
    }
}
