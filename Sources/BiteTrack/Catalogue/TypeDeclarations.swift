import CodeSandbox

/// The types of each category as one `types.d.ts`, made from the documentation of its modules, which so cannot differ.
enum TypeDeclarations {
    static func files(of modules: [ToolModule]) -> [VirtualFile] {
        var folders: [(folder: String, modules: [ToolModule])] = []
        for module in modules where module.functions.isEmpty {
            let folder = module.path.split(separator: "/").dropLast().joined(separator: "/")
            guard folder != "lib" else { continue }
            if folders.last?.folder == folder {
                folders[folders.count - 1].modules.append(module)
            } else {
                folders.append((folder, [module]))
            }
        }
        let helpers = modules.filter { !$0.functions.isEmpty }
        let types = folders.map { VirtualFile(path: "\($0.folder)/types.d.ts", text: self.text($0.folder, $0.modules)) }
        return types
            + (helpers.isEmpty ? [] : [VirtualFile(path: "lib/types.d.ts", text: self.text(ofHelpers: helpers))])
    }

    private static func text(_ folder: String, _ modules: [ToolModule]) -> String {
        var parts = ["// Types of ./\(folder); each function's module has its rules and examples."]
        parts += modules.flatMap { self.types(in: $0.text) }
        parts += modules.map(self.function)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The functions of each helper under the path they are imported from.
    private static func text(ofHelpers modules: [ToolModule]) -> String {
        var parts = ["// Types of ./lib, by file."]
        for module in modules {
            parts.append("// ./\(module.path)")
            parts += self.types(in: module.text)
            parts += module.functions.map(self.function)
        }
        // JSDoc writes small what TypeScript writes large.
        return parts.joined(separator: "\n\n").replacing(/\bfunction(?=[;>)|,\[\]]| \/\/)/, with: "Function") + "\n"
    }

    private static func function(_ function: ModuleFunction) -> String {
        let documentation = function.documentation
        let arguments = documentation.parameters.map { argument in
            let members = function.members.map { "\($0.name)\($0.isOptional ? "?" : ""): \($0.type)" }
            let type =
                argument.type == "Object" && !members.isEmpty ? "{ \(members.joined(separator: ", ")) }" : argument.type
            return "\(argument.name)\(argument.isOptional ? "?" : ""): \(type)"
        }
        let summary = documentation.summary.isEmpty ? documentation.returnText : documentation.summary
        return (summary.isEmpty ? "" : "/** \(summary) */\n")
            + "export function \(function.name)(\(arguments.joined(separator: ", "))): \(documentation.returnType);"
    }

    private static func function(_ module: ToolModule) -> String {
        let documentation = module.documentation
        let members = documentation.parameters.filter { !$0.isRoot }
        var arguments = ""
        if !members.isEmpty {
            let isOptional = documentation.parameters.first { $0.isRoot }?.isOptional == true
            let lines = members.map { member in
                self.member(member.name, isOptional: member.isOptional, type: member.type, text: member.text)
            }
            arguments = "params\(isOptional ? "?" : ""): {\n\(lines.joined(separator: "\n"))\n}"
        }
        return "/** \(documentation.summary) */\n"
            + "export function \(module.name)(\(arguments)): \(documentation.returnType);"
    }

    private static func member(_ name: String, isOptional: Bool, type: String, text: String) -> String {
        "  \(name)\(isOptional ? "?" : ""): \(type);" + (text.isEmpty ? "" : " // \(text)")
    }

    /// The `@typedef`s of a module.
    private static func types(in source: String) -> [String] {
        var types: [String] = []
        var open: (name: String, members: [String])?
        func close() {
            if let open { types.append("export interface \(open.name) {\n\(open.members.joined(separator: "\n"))\n}") }
            open = nil
        }
        for (tag, text) in JSDocComment.all(in: source).flatMap({ self.tags($0.lines) }) {
            let (type, rest) = ModuleDocumentation.typed(text)
            let name = String(rest.prefix { $0 != " " })
            let note = String(rest.dropFirst(name.count).drop { $0 == " " || $0 == "-" })
            switch tag {
            case "typedef":
                close()
                if type == "Object" {
                    open = (name, [])
                } else {
                    types.append("export type \(name) = \(type);" + (note.isEmpty ? "" : " // \(note)"))
                }
            case "property":
                let isOptional = name.hasPrefix("[")
                let plain = isOptional ? String(name.dropFirst().dropLast()) : name
                open?.members.append(self.member(plain, isOptional: isOptional, type: type, text: note))
            default: break
            }
        }
        close()
        return types
    }

    private static func tags(_ lines: [String]) -> [(tag: String, text: String)] {
        var tags: [(String, [String])] = []
        for line in lines {
            if line.hasPrefix("@") {
                let tag = line.dropFirst().prefix { $0.isLetter }
                tags.append((String(tag), [String(line.dropFirst(tag.count + 1))]))
            } else if !tags.isEmpty {
                tags[tags.count - 1].1.append(line)
            }
        }
        return tags.map { ($0.0, String(ModuleDocumentation.joined($0.1))) }
    }
}
