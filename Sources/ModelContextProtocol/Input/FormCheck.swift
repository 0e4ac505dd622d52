import JSON

/// Checks what a user filled in against the schema that was asked for: clients may not have.
enum FormCheck {
    /// What does not fit, in a few words; nil when everything does.
    static func problem(with content: JSONValue, schema: JSONValue) -> String? {
        guard let content = content.objectValue else { return "the content is not an object" }
        let properties = schema["properties"]?.objectValue ?? [:]
        for name in schema["required"]?.arrayValue ?? [] {
            guard let name = name.stringValue else { continue }
            if content[name] == nil || content[name]?.isNull == true { return "\(name) is missing" }
        }
        for (name, value) in content {
            guard let property = properties[name], !value.isNull else { continue }
            if !self.fits(value, property) { return "\(name) does not fit" }
        }
        return nil
    }

    private static func fits(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        if let choices = schema["enum"]?.arrayValue { return choices.contains(value) }
        if let choices = schema["oneOf"]?.arrayValue { return choices.contains { $0["const"] == value } }
        switch schema["type"]?.stringValue {
        case "string": return self.fits(string: value, schema)
        case "integer": return value.intValue != nil && self.isInRange(value, schema)
        case "number":
            guard case .number = value else { return false }
            return self.isInRange(value, schema)
        case "boolean": return value.boolValue != nil
        case "array": return self.fits(array: value, schema)
        default: return true
        }
    }

    private static func fits(string value: JSONValue, _ schema: JSONValue) -> Bool {
        guard let text = value.stringValue else { return false }
        let count = text.unicodeScalars.count
        return count >= schema["minLength"]?.intValue ?? 0 && count <= schema["maxLength"]?.intValue ?? .max
    }

    private static func isInRange(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        guard let number = value.doubleValue else { return false }
        return number >= schema["minimum"]?.doubleValue ?? -.infinity
            && number <= schema["maximum"]?.doubleValue ?? .infinity
    }

    private static func fits(array value: JSONValue, _ schema: JSONValue) -> Bool {
        guard let elements = value.arrayValue else { return false }
        let items = schema["items"] ?? [:]
        let choices = items["enum"]?.arrayValue ?? items["anyOf"]?.arrayValue?.compactMap { $0["const"] }
        return elements.count >= schema["minItems"]?.intValue ?? 0
            && elements.count <= schema["maxItems"]?.intValue ?? .max
            && elements.allSatisfy { choices?.contains($0) ?? true }
    }
}
