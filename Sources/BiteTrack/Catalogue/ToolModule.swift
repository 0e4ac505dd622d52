/// One JavaScript tool module and what its documentation says.
package struct ToolModule: Sendable {
    /// In the virtual tree, such as `tools/sales/getSales.js`.
    package let path: String
    /// The folder, such as `sales`.
    package let category: String
    /// The function it exports, such as `getSales`.
    package let name: String
    package let documentation: ModuleDocumentation
    /// The whole file.
    package let text: String

    /// One sentence.
    package var summary: String { self.documentation.summary }

    /// How it is called and what it answers, such as `getSaleById({ id: string }): Promise<Sale>`.
    package var signature: String {
        let members = self.documentation.parameters.filter { !$0.isRoot }.map { parameter in
            "\(parameter.name)\(parameter.isOptional ? "?" : ""): \(parameter.type)"
        }
        let arguments = members.isEmpty ? "" : "{ \(members.joined(separator: ", ")) }"
        return "\(self.name)(\(arguments)): \(self.documentation.returnType)"
    }
}
