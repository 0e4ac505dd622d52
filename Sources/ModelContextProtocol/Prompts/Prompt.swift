import JSON
import NIOCore

/// A message template that a user picks.
package struct Prompt: Sendable {
    package struct Argument: Sendable {
        package var name: String
        package var title: String?
        package var description: String?
        package var isRequired: Bool
        /// Proposes values; nil for none.
        package var complete: Completer?

        package init(
            name: String, title: String? = nil, description: String? = nil, isRequired: Bool = false,
            complete: Completer? = nil
        ) {
            self.name = name
            self.title = title
            self.description = description
            self.isRequired = isRequired
            self.complete = complete
        }
    }
    package var name: String
    package var title: String?
    package var description: String
    package var arguments: [Argument]
    package var icons: [Icon] = []
    package var handler: Handler<PromptCall, PromptResult>

    package init(
        name: String, title: String? = nil, description: String, arguments: [Argument] = [],
        handler: Handler<PromptCall, PromptResult>
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
        self.handler = handler
    }

    func definition(for revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = ["name": .string(self.name)]
        if revision >= .june2025 { object["title"] = self.title.map { .string($0) } }
        object["description"] = .string(self.description)
        object["arguments"] = .array(
            self.arguments.map { argument in
                var object: JSONObject = ["name": .string(argument.name)]
                if revision >= .june2025 { object["title"] = argument.title.map { .string($0) } }
                object["description"] = argument.description.map { .string($0) }
                object["required"] = .bool(argument.isRequired)
                return .object(object)
            })
        if revision >= .november2025, !self.icons.isEmpty { object["icons"] = .array(self.icons.map(\.json)) }
        return .object(object)
    }
}

/// One use of a prompt.
package struct PromptCall: Sendable {
    package let arguments: [String: String]
    package let context: RequestContext
}

/// What a prompt says.
package struct PromptResult: Sendable {
    package struct Message: Sendable {
        package enum Role: String, Sendable { case user, assistant }
        package var role: Role
        package var content: Content

        package init(_ role: Role, _ content: Content) {
            self.role = role
            self.content = content
        }
    }
    package var description: String?
    package var messages: [Message]

    package init(description: String? = nil, messages: [Message]) {
        self.description = description
        self.messages = messages
    }

    func body(for revision: ProtocolRevision) -> ResultBody {
        var buffer = ByteBuffer()
        if let description {
            buffer.writeStaticString("\"description\":")
            buffer.writeJSONString(description)
            buffer.writeStaticString(",")
        }
        buffer.writeStaticString("\"messages\":[")
        for (index, message) in self.messages.enumerated() {
            buffer.writeString(index > 0 ? ",{\"role\":\"" : "{\"role\":\"")
            buffer.writeString(message.role.rawValue)
            buffer.writeStaticString("\",\"content\":")
            message.content.write(into: &buffer, for: revision)
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("]")
        return ResultBody(members: buffer)
    }
}
