/// What an answer says of one module, ready for each detail that can be asked for.
struct ModuleDetails: Sendable {
    private let name: String
    private let description: String
    private let full: String

    init(_ module: ToolModule) {
        self.name = module.path
        self.description =
            "\(module.path): \(module.summary)\n  \(module.signature)"
            + (module.documentation.cost.map { "\n  Cost: \($0)" } ?? "")
        self.full = "// \(module.path)\n\(module.text)"
    }

    subscript(detail: SearchRequest.Detail) -> String {
        switch detail {
        case .name: self.name
        case .description: self.description
        case .full: self.full
        }
    }
}
