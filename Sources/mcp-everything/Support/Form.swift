import JSON
import ModelContextProtocol

/// Schemas of forms, and how their answers are read.
enum Form {
    /// A form with one text to be filled in.
    static func text(_ name: String) -> JSONValue {
        ["type": "object", "properties": [name: ["type": "string"]], "required": [.string(name)]]
    }

    /// A form with one box to be ticked.
    static func flag(_ name: String) -> JSONValue {
        ["type": "object", "properties": [name: ["type": "boolean"]], "required": [.string(name)]]
    }
}

extension ElicitationAnswer {
    /// What was filled in; nil when the user would not.
    func text(_ name: String) -> String? { self.value(name)?.stringValue }

    /// Whether a box was ticked.
    func flag(_ name: String) -> Bool { self.value(name)?.boolValue ?? false }

    /// The answer in words, for results that show it.
    var summary: String {
        switch self {
        case .accepted(let content): "accepted with \(JSONValue.object(content).text)"
        case .declined: "declined"
        case .cancelled: "cancelled"
        }
    }

    private func value(_ name: String) -> JSONValue? {
        guard case .accepted(let content) = self else { return nil }
        return content[name]
    }
}
