package import JSON

/// What has been answered so far, by the keys of the questions.
struct Answers: Sendable, Equatable {
    private var raw: [String: JSONValue] = [:]

    init() {}

    /// Answers as they came, from a client or out of a sealed state.
    init(_ object: JSONObject) {
        for (key, value) in object { self.raw[key] = value }
    }

    subscript(key: String) -> JSONValue? {
        get { self.raw[key] }
        set { self.raw[key] = newValue }
    }

    /// Forgets the answers to other questions.
    mutating func keep(_ keys: Set<String>) { self.raw = self.raw.filter { keys.contains($0.key) } }

    /// Later answers win.
    mutating func merge(_ other: Answers) { self.raw.merge(other.raw) { $1 } }

    var json: JSONObject {
        self.raw.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0.append($1.key, $1.value) }
    }
}

/// What a user did with a form or a page.
package enum ElicitationAnswer: Sendable, Equatable {
    /// What was filled in; empty for a page.
    case accepted(JSONObject)
    case declined
    case cancelled

    /// Reads a raw answer that ``RequestContext/ask(_:state:)`` gave.
    package init(_ raw: JSONValue) {
        switch raw["action"]?.stringValue {
        case "accept": self = .accepted(raw["content"]?.objectValue ?? [:])
        case "decline": self = .declined
        default: self = .cancelled
        }
    }
}

/// Thrown by a handler that cannot go on before these questions are answered.
///
/// The handler is called again, from its beginning, with the answers; how they come depends on the revision.
package struct InputRequired: Error, Sendable, Equatable {
    package var questions: [String: Question]
    /// What the handler wants to find again next time; sealed on its way through the client.
    package var state: JSONValue?

    package init(_ questions: [String: Question], state: JSONValue? = nil) {
        self.questions = questions
        self.state = state
    }
}

/// Thrown by a handler that cannot do anything for a client without this capability.
package struct MissingCapability: Error, Sendable, Equatable {
    /// In the shape of `ClientCapabilities`, such as `{"elicitation": {"url": {}}}`.
    package var required: JSONObject
    /// For clients of revisions that have no such error: what the user can do instead.
    package var advice: String

    package init(_ required: JSONObject, advice: String) {
        self.required = required
        self.advice = advice
    }

    /// What is missing to be asked a question.
    init(_ question: Question) {
        self.init(
            question.requiredCapability, advice: "This needs an answer from the user that this client cannot ask for.")
    }
}
