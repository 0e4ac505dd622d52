import CodeSandbox
import ModelContextProtocol

/// The tree of tool modules as MCP resources, for clients that browse; all texts are prepared at the start.
struct TreeResources: Sendable {
    private struct Page: Sendable {
        var mimeType: String
        var text: String
        var isModule = false

        func contents(at uri: String) -> [ResourceContents] {
            [ResourceContents(uri: uri, mimeType: self.mimeType, text: self.text)]
        }
    }

    private static let scheme = "bitetrack://"

    /// The roots, which list, and every file.
    let resources: [Resource]
    /// Files again, and folders, of each root.
    let templates: [ResourceTemplate]

    /// - Parameter onModuleRead: called when the text of a module is read.
    init(_ catalogue: ToolCatalogue, onModuleRead: @escaping @Sendable () -> Void = {}) {
        var pages: [String: Page] = [:]
        for folder in catalogue.paths where catalogue.isFolder(folder) {
            pages[folder] = (try? ReadAnswer.text(at: folder, in: catalogue)).map {
                Page(mimeType: "text/plain", text: $0)
            }
        }
        let roots = ToolCatalogue.roots.filter { pages[$0] != nil }
        var resources = roots.compactMap { root in
            pages[root].map {
                Self.resource(root, $0, onModuleRead, title: "Folder \(root)", "Lists the folder \(root).")
            }
        }
        for file in catalogue.files {
            let module = catalogue.module(at: file.path)
            let page = Page(mimeType: Self.mimeType(of: file.path), text: file.text, isModule: module != nil)
            pages[file.path] = page
            resources.append(
                Self.resource(
                    file.path, page, onModuleRead, title: module.map { "\($0.category): \($0.name)" } ?? file.path,
                    module?.summary
                        ?? (file.path.hasSuffix(".d.ts") ? "Types of its folder." : "Exports everything of its folder.")
                ))
        }
        self.resources = resources
        self.templates = roots.map { Self.template($0, pages, onModuleRead) }
    }

    private static func resource(
        _ path: String, _ page: Page, _ onModuleRead: @escaping @Sendable () -> Void, title: String,
        _ description: String
    ) -> Resource {
        let uri = Self.scheme + path
        let contents = page.contents(at: uri)
        return Resource(
            uri: uri, name: path, title: title, description: description, mimeType: page.mimeType,
            size: page.text.utf8.count,
            handler: .immediate { _ in
                if page.isModule { onModuleRead() }
                return contents
            })
    }

    private static func template(
        _ root: String, _ pages: [String: Page], _ onModuleRead: @escaping @Sendable () -> Void
    ) -> ResourceTemplate {
        let prefix = root + "/"
        let proposals = pages.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
        return ResourceTemplate(
            uriTemplate: "\(Self.scheme)\(prefix){+path}", name: root, title: "Files of \(root) by path",
            description: "A file of the folder \(root), or a folder in it, which lists.",
            complete: { $0.matches(in: proposals) },
            handler: .immediate { call in
                var path = prefix + (call.variables["path"] ?? "")
                if path.hasSuffix("/") { path.removeLast() }
                // A path is only a name here: nothing but what was prepared can be found.
                guard let page = pages[path] else { throw ResourceNotFound(uri: call.uri) }
                if page.isModule { onModuleRead() }
                return page.contents(at: call.uri)
            })
    }

    private static func mimeType(of path: String) -> String {
        if path.hasSuffix(".js") { return "text/javascript" }
        if path.hasSuffix(".ts") { return "text/typescript" }
        return path.hasSuffix(".md") ? "text/markdown" : "text/plain"
    }
}
