/// What `read_tools` answers for a path of the virtual tree.
enum ReadAnswer {
    /// A folder's entries with one line each, or a file's text.
    ///
    /// - Throws: ``ArgumentError`` for a path that is not in the tree, with the nearest ones that are.
    static func text(at path: String, in catalogue: ToolCatalogue) throws(ArgumentError) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard !parts.contains(".."), !path.contains("\\"), !path.contains("\0") else {
            throw ArgumentError(
                "Paths stay inside the tree and have no `..`: begin with \"tools\", \"lib\" or \"workflows\".")
        }
        guard !parts.isEmpty else {
            return ToolCatalogue.roots.compactMap(catalogue.entries).flatMap { $0 }
                .map { self.line(for: $0, in: catalogue) }.joined(separator: "\n")
        }
        let clean = parts.joined(separator: "/")
        if let text = catalogue.text(of: clean) ?? catalogue.text(of: clean + ".js") { return text }
        if let entries = catalogue.entries(of: clean) {
            return entries.map { self.line(for: $0, in: catalogue) }.joined(separator: "\n")
        }
        throw self.missing(clean, in: catalogue)
    }

    private static func line(for path: String, in catalogue: ToolCatalogue) -> String {
        if let module = catalogue.module(at: path) { return "\(path): \(module.summary)" }
        guard let entries = catalogue.entries(of: path) else {
            return path.hasSuffix(".d.ts") ? "\(path): types of this folder." : "\(path): exports all of this folder."
        }
        let names = entries.compactMap { catalogue.module(at: $0)?.name }
        return "\(path)/: \(names.joined(separator: ", "))"
    }

    private static func missing(_ path: String, in catalogue: ToolCatalogue) -> ArgumentError {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let modules = catalogue.modules
        var near = modules.filter { $0.name.lowercased() == name.lowercased() || "\($0.name).js" == name }.map(\.path)
        if near.isEmpty, let nearest = Spelling.nearest(to: path, in: catalogue.paths) { near = [nearest] }
        if near.isEmpty, let nearest = Spelling.nearest(to: name, in: modules.map(\.name)) {
            near = modules.filter { $0.name == nearest }.map(\.path)
        }
        let advice =
            near.isEmpty
            ? "read_tools {\"path\": \"tools\"} lists all." : "Did you mean \(near.joined(separator: " or "))?"
        return ArgumentError("Nothing is at \"\(path.prefix(100))\". \(advice)")
    }
}
