package import CodeSandbox

/// The tree of tool modules: the files scripts import, and what is known of each.
package struct ToolCatalogue: Sendable {
    /// Every file, by path; what the sandbox offers to scripts.
    package let files: [VirtualFile]
    /// The modules that export a tool, by path.
    package let modules: [ToolModule]
    /// Names of the folders that hold modules.
    package let categories: [String]
    private let texts: [String: String]
    /// Paths of the entries of each folder.
    private let folders: [String: [String]]

    /// - Throws: ``CatalogueError`` when a module lacks its documentation.
    package init(files: [VirtualFile]) throws {
        self.files = files.sorted { $0.path < $1.path }
        self.texts = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        self.modules = try self.files.compactMap(Self.module)
        self.categories = Set(self.modules.map(\.category)).sorted()
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
        let parts = file.path.split(separator: "/")
        guard parts.count == 3, parts[0] == "tools", parts[2].hasSuffix(".js"), parts[2] != "index.js" else {
            return nil
        }
        guard let documentation = ModuleDocumentation(source: file.text), !documentation.summary.isEmpty else {
            throw CatalogueError("\(file.path): no documented `export async function`")
        }
        return ToolModule(
            path: file.path, category: String(parts[1]), name: String(parts[2].dropLast(3)),
            documentation: documentation, text: file.text)
    }
}

/// Why the tool modules cannot be used.
package struct CatalogueError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
