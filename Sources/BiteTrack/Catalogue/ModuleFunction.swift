/// One function of a helper module.
package struct ModuleFunction: Sendable, Equatable {
    package let name: String
    package let documentation: ModuleDocumentation
    /// The members of its object argument.
    package let members: [ModuleDocumentation.Parameter]

    /// How it is called and what it answers, such as `lastDays(count: number): Period`.
    package var signature: String {
        let arguments = self.documentation.parameters.map { parameter in
            "\(parameter.name)\(parameter.isOptional ? "?" : "")"
        }
        let type = self.documentation.returnType
        return "\(self.name)(\(arguments.joined(separator: ", ")))" + (type == Self.unknown ? "" : ": \(type)")
    }

    private static let unknown = "Promise<unknown>"

    /// The documented functions a module exports, in order.
    static func all(in source: String) -> [ModuleFunction] {
        JSDocComment.all(in: source).compactMap { comment in
            var words = comment.declaration.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == "*" })[...]
            guard words.first == "export" else { return nil }
            words.removeFirst()
            if words.first == "async" { words.removeFirst() }
            guard words.first == "function", let name = words.dropFirst().first else { return nil }
            var documentation = ModuleDocumentation(comment: comment.lines)
            // Members of an object argument are not arguments.
            let members = documentation.parameters.filter { !$0.isRoot }
            documentation.parameters.removeAll { !$0.isRoot }
            return ModuleFunction(name: String(name), documentation: documentation, members: members)
        }
    }
}
