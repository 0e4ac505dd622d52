package import JSON

/// Something a handler must know from the client's side before it can go on.
package enum Question: Sendable, Equatable {
    /// A form for the user; never for passwords, keys, tokens or card data.
    ///
    /// `schema` is a flat object schema (strings, numbers, booleans, enumerations).
    case form(message: String, schema: JSONValue)
    /// A page for the user to open; accepting says that they agreed to open it, not that they are done.
    case page(message: String, url: String)
    /// A completion by the client's model: the parameters of `sampling/createMessage`.
    case sampling(JSONObject)
    /// The folders the client works in.
    case roots

    var method: String {
        switch self {
        case .form, .page: "elicitation/create"
        case .sampling: "sampling/createMessage"
        case .roots: "roots/list"
        }
    }

    /// The parameters as a revision knows them; `id` names an elicitation by URL, which 2025-11-25 wants named.
    func parameters(for revision: ProtocolRevision, id: String) -> JSONObject? {
        switch self {
        case .form(let message, let schema):
            var object: JSONObject = [:]
            if revision >= .november2025 { object["mode"] = "form" }
            object["message"] = .string(message)
            object["requestedSchema"] = FormDialect.schema(schema, for: revision)
            return object
        case .page(let message, let url):
            var object: JSONObject = ["mode": "url", "message": .string(message), "url": .string(url)]
            if !revision.isModern { object["elicitationId"] = .string(id) }
            return object
        case .sampling(let parameters): return parameters
        case .roots: return nil
        }
    }

    /// An answer in the words of a revision, as an answer to the question that was meant.
    func understood(_ answer: JSONValue, from revision: ProtocolRevision) -> JSONValue {
        guard case .form(_, let schema) = self else { return answer }
        return FormDialect.content(answer, to: schema, from: revision)
    }

    /// What a client must declare to be asked this: an object in the shape of its capabilities.
    var requiredCapability: JSONObject {
        switch self {
        case .form: ["elicitation": ["form": [:]]]
        case .page: ["elicitation": ["url": [:]]]
        case .sampling: ["sampling": [:]]
        case .roots: ["roots": [:]]
        }
    }

    /// The raw answer, if it is one to this question.
    func accepts(_ answer: JSONValue) -> Bool {
        guard let object = answer.objectValue else { return false }
        switch self {
        case .form(_, let schema):
            switch object["action"]?.stringValue {
            case "accept": return FormCheck.problem(with: object["content"] ?? [:], schema: schema) == nil
            case "decline", "cancel": return true
            default: return false
            }
        case .page: return ["accept", "decline", "cancel"].contains(object["action"]?.stringValue)
        case .sampling: return object["content"] != nil
        case .roots: return object["roots"]?.arrayValue != nil
        }
    }
}

extension ClientCapabilities {
    /// Whether the client can be asked.
    package func supports(_ question: Question) -> Bool {
        switch question {
        case .form: self.elicitsForms
        case .page: self.elicitsURLs
        case .sampling: self.samples
        case .roots: self.listsRoots
        }
    }
}
