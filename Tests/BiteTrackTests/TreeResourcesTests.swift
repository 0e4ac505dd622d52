import CodeSandbox
import Testing

@testable import BiteTrack
@testable import ModelContextProtocol

struct TreeResourcesTests {
    private let catalogue: ToolCatalogue
    private let catalog: FeatureCatalogue

    init() throws {
        self.catalogue = try ToolCatalogue.load()
        let tree = TreeResources(self.catalogue)
        self.catalog = FeatureCatalogue(
            MCPFeatures(resources: tree.resources, resourceTemplates: tree.templates),
            configuration: MCPConfiguration(serverName: "test", serverVersion: "1"))
    }

    /// Reads as `resources/read` does: a fixed URI first, then the template.
    private func read(_ uri: String) throws -> [ResourceContents] {
        let handler: Handler<ResourceCall, [ResourceContents]>
        var variables: [String: String] = [:]
        if let resource = self.catalog.resources[uri] {
            handler = resource.handler
        } else {
            let found = self.catalog.templates.compactMap { pattern, template in
                pattern.match(uri).map { (template.handler, $0) }
            }
            guard let first = found.first else { throw ResourceNotFound(uri: uri) }
            (handler, variables) = first
        }
        guard case .immediate(let handler) = handler else { throw NotImmediate() }
        return try handler(ResourceCall(uri: uri, variables: variables, context: .test()))
    }

    private struct NotImmediate: Error {}

    @Test("every file is a resource with its text, size and summary, and the template reads it too")
    func files() throws {
        let resources = self.catalog.features.resources
        #expect(
            Set(resources.map(\.uri))
                == Set(
                    ["tools", "lib", "workflows"].map { "bitetrack://\($0)" }
                        + self.catalogue.files.map { "bitetrack://\($0.path)" }))
        for file in self.catalogue.files {
            let resource = try #require(self.catalog.resources["bitetrack://\(file.path)"])
            let type = file.path.hasSuffix(".d.ts") ? "text/typescript" : "text/javascript"
            #expect(resource.mimeType == type && resource.size == file.text.utf8.count)
            #expect(resource.name == file.path && resource.title != nil)
            #expect(
                try self.read(resource.uri) == [
                    ResourceContents(uri: resource.uri, mimeType: type, text: file.text)
                ])
            let (pattern, template) = try #require(self.catalog.templates.first { $0.0.match(resource.uri) != nil })
            guard case .immediate(let handler) = template.handler else { throw NotImmediate() }
            let call = ResourceCall(
                uri: resource.uri, variables: try #require(pattern.match(resource.uri)), context: .test())
            #expect(try handler(call) == self.read(resource.uri))
        }
        let sales = try #require(self.catalog.resources["bitetrack://tools/sales/getSales.js"])
        #expect(sales.title == "sales: getSales")
        #expect(sales.description == self.catalogue.module(at: "tools/sales/getSales.js")?.summary)
    }

    @Test(
        "folders list", arguments: ["bitetrack://tools/sales", "bitetrack://tools/sales/", "bitetrack://tools/%73ales"])
    func folders(uri: String) throws {
        let contents = try #require(try self.read(uri).first)
        #expect(contents.uri == uri && contents.mimeType == "text/plain")
        guard case .text(let text) = contents.data else { throw NotImmediate() }
        #expect(text == (try ReadAnswer.text(at: "tools/sales", in: self.catalogue)))
        #expect(try self.read("bitetrack://tools").count == 1)
    }

    @Test(
        "what is not in the tree is not found",
        arguments: [
            "bitetrack://tools/../etc/passwd", "bitetrack://tools/%2e%2e/%2e%2e/etc/passwd",
            "bitetrack://tools/sales/../sales/getSales.js", "bitetrack://tools//sales", "bitetrack://tools/sales//",
            "bitetrack://tools/./sales", "bitetrack://tools/sales/getSales", "bitetrack://tools/", "bitetrack://",
            "bitetrack://tools/sales%2FgetSales.js%00", "bitetrack://tools/sales\\getSales.js", "file:///etc/passwd",
            "bitetrack://lib/../tools", "bitetrack://workflows/", "bitetrack://nothing/x",
            "bitetrack://tools/" + String(repeating: "x", count: 2000),
        ])
    func missing(uri: String) { #expect(throws: ResourceNotFound(uri: uri)) { try self.read(uri) } }

    @Test("paths are completed, folders too")
    func completion() throws {
        let complete = try #require(self.catalog.features.resourceTemplates.first?.complete)
        let sales = complete(CompletionCall(name: "path", value: "sales/"))
        #expect(sales.contains("sales/getSaleById.js") && sales.contains("sales/types.d.ts") && sales.count == 8)
        #expect(complete(CompletionCall(name: "path", value: "getsales.")) == ["sales/getSales.js"])
        #expect(complete(CompletionCall(name: "path", value: "")).contains("customers"))
        for proposal in complete(CompletionCall(name: "path", value: "")) {
            #expect(throws: Never.self) { try self.read("bitetrack://tools/\(proposal)") }
        }
    }
}
