/// One JavaScript module of the tree and what its documentation says.
package struct ToolModule: Sendable {
    /// In the virtual tree, such as `tools/sales/getSales.js`.
    package let path: String
    /// The folder, such as `sales`.
    package let category: String
    /// The function it exports, such as `getSales`.
    package let name: String
    package let documentation: ModuleDocumentation
    /// What a helper exports; a tool exports the function of its name alone.
    package let functions: [ModuleFunction]
    /// The whole file, as scripts and models see it.
    package let text: String
    /// Whether scripts may not call it: it is found, but behind what they may call.
    let isClosed: Bool

    init(
        path: String, category: String, name: String, documentation: ModuleDocumentation,
        functions: [ModuleFunction] = [], text: String
    ) {
        self.path = path
        self.category = category
        self.name = name
        self.documentation = documentation
        self.functions = functions
        self.text = text
        self.isClosed = documentation.description.contains("open to scripts")
    }

    /// One sentence.
    package var summary: String { self.documentation.summary }

    /// How it is called and what it answers, such as `getSaleById({ id: string }): Promise<Sale>`.
    package var signature: String {
        guard self.functions.isEmpty else { return self.functions.map(\.signature).joined(separator: "; ") }
        let members = self.documentation.parameters.filter { !$0.isRoot }.map { parameter in
            "\(parameter.name)\(parameter.isOptional ? "?" : ""): \(parameter.type)"
        }
        let arguments = members.isEmpty ? "" : "{ \(members.joined(separator: ", ")) }"
        return "\(self.name)(\(arguments)): \(self.documentation.returnType)"
    }
}
