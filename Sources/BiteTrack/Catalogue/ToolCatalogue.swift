package import CodeSandbox

/// The tree of tool modules: the files scripts import, and what is known of each.
package struct ToolCatalogue: Sendable {
    /// Every file, by path; what the sandbox offers to scripts.
    package let files: [VirtualFile]
    /// The modules that export a tool, by path.
    package let modules: [ToolModule]
    /// Names of the folders that hold modules.
    package let categories: [String]
    /// Where the shop is, as scripts are told.
    package let zone: ShopZone
    private let texts: [String: String]
    /// Paths of the entries of each folder.
    private let folders: [String: [String]]

    /// The folders of the tree: tool modules, helpers, and whole tasks made of both.
    static let roots = ["tools", "lib", "workflows"]

    /// Adds the declarations of types to the files, and takes the words for the search alone out of them.
    ///
    /// - Throws: ``CatalogueError`` when a module lacks its documentation.
    package init(files: [VirtualFile], zone: ShopZone = .standard) throws {
        let modules = try files.sorted { $0.path < $1.path }.compactMap(Self.module)
        let declarations = TypeDeclarations.files(of: modules)
        let files = files.map { VirtualFile(path: $0.path, text: KeywordLines.removed(from: $0.text)) } + declarations
        self.zone = zone
        self.modules = modules
        self.files = files.sorted { $0.path < $1.path }
        self.texts = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        self.categories = Set(modules.map(\.category)).sorted()
        var folders: [String: Set<String>] = [:]
        for file in files {
            var path = file.path[...]
            while let slash = path.lastIndex(of: "/") {
                folders[String(path[..<slash]), default: []].insert(String(path))
                path = path[..<slash]
            }
        }
        self.folders = folders.mapValues { $0.sorted() }
    }

    /// Every path that can be read, folders too.
    package var paths: [String] { (Array(self.folders.keys) + Array(self.texts.keys)).sorted() }

    package func text(of path: String) -> String? { self.texts[path] }

    package func module(at path: String) -> ToolModule? { self.modules.first { $0.path == path } }

    /// Full paths of a folder's entries; nil when there is no such folder.
    package func entries(of folder: String) -> [String]? { self.folders[folder] }

    func isFolder(_ path: String) -> Bool { self.folders[path] != nil }

    private static func module(_ file: VirtualFile) throws -> ToolModule? {
        let parts = file.path.split(separator: "/").map(String.init)
        let name = String(parts.last?.dropLast(3) ?? "")
        guard file.path.hasSuffix(".js"), name != "index" else { return nil }
        switch (parts.first, parts.count) {
        case ("tools", 3), ("workflows", 2):
            guard let documentation = ModuleDocumentation(source: file.text), !documentation.summary.isEmpty else {
                throw CatalogueError("\(file.path): no documented `export async function`")
            }
            return ToolModule(
                path: file.path, category: parts.count == 3 ? parts[1] : parts[0], name: name,
                documentation: documentation, text: KeywordLines.removed(from: file.text))
        case ("lib", 2):
            guard let documentation = ModuleDocumentation(heading: file.text), !documentation.summary.isEmpty else {
                throw CatalogueError("\(file.path): does not begin with a comment that says what it is for")
            }
            return ToolModule(
                path: file.path, category: parts[0], name: name, documentation: documentation,
                functions: ModuleFunction.all(in: file.text), text: KeywordLines.removed(from: file.text))
        default: return nil
        }
    }
}

/// Why the tool modules cannot be used.
package struct CatalogueError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
