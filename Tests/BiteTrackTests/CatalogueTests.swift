import CodeSandbox
import Testing

@testable import BiteTrack

struct CatalogueTests {
    private func catalogue() throws -> ToolCatalogue { try ToolCatalogue.load() }

    @Test("the bundled tree holds the modules, each in its category")
    func modules() throws {
        #expect(
            try self.catalogue().modules.map(\.path) == [
                "tools/auth/login.js", "tools/customers/getCustomerById.js",
                "tools/customers/getCustomerTransactions.js", "tools/customers/getCustomers.js",
                "tools/inventory-drops/getInventoryDrops.js", "tools/products/getProductById.js",
                "tools/products/getProducts.js", "tools/reporting/getSalesAnalytics.js",
                "tools/sales/getSaleById.js", "tools/sales/getSales.js",
            ])
    }

    @Test("every module is documented: summary, cost, result, example, and its parameters")
    func documentation() throws {
        for module in try self.catalogue().modules {
            let documentation = module.documentation
            #expect(documentation.summary.hasSuffix(".") && documentation.summary.count <= 110, "\(module.path)")
            #expect(documentation.cost != nil, "\(module.path)")
            #expect(documentation.returnType.hasPrefix("Promise<"), "\(module.path)")
            #expect(!documentation.examples.isEmpty, "\(module.path)")
            #expect(documentation.parameters.allSatisfy { !$0.type.isEmpty && $0.type != "unknown" }, "\(module.path)")
            #expect(module.text.contains("export async function \(module.name)(params = {})"), "\(module.path)")
        }
    }

    @Test("every index exports all modules of its folder")
    func indexes() throws {
        let catalogue = try self.catalogue()
        for module in catalogue.modules {
            let index = try #require(catalogue.text(of: "tools/\(module.category)/index.js"))
            #expect(index.contains("export { \(module.name) } from \"./\(module.name).js\";"), "\(module.path)")
        }
    }

    @Test("a signature shows parameters with types and the result")
    func signature() throws {
        let catalogue = try self.catalogue()
        let byID = try #require(catalogue.module(at: "tools/products/getProducts.js"))
        #expect(byID.signature == "getProducts(): Promise<Product[]>")
        let login = try #require(catalogue.module(at: "tools/auth/login.js"))
        #expect(login.signature.hasPrefix("login({ email: string, password: string }): Promise<{role: "))
    }

    @Test("documentation is read with types, defaults and continued lines")
    func parsing() throws {
        let source = """
            /** @typedef {Object} Other */

            /**
             * Does a thing. And more
             * of it.
             *
             * Cost: nothing at all.
             *
             * @param {Object} [params]
             * @param {{a: number,
             *   b: "x"|"y"}} [params.shape={a: 1}] - The shape
             *   of it.
             * @param {string} params.name
             * @returns {Promise<{n: number}>} How many.
             * @example
             * thing({
             *   name: "n",
             * });
             * @example
             * other();
             */
            export async function thing(params = {}) {}
            """
        let documentation = try #require(ModuleDocumentation(source: source))
        #expect(documentation.summary == "Does a thing.")
        #expect(documentation.description == "Does a thing. And more of it. Cost: nothing at all.")
        #expect(documentation.cost == "nothing at all.")
        #expect(
            documentation.parameters == [
                .init(name: "params", type: "Object", isOptional: true, isRoot: true, text: ""),
                .init(
                    name: "shape", type: "{a: number, b: \"x\"|\"y\"}", isOptional: true, isRoot: false,
                    text: "The shape of it."),
                .init(name: "name", type: "string", isOptional: false, isRoot: false, text: ""),
            ])
        #expect(documentation.returnType == "Promise<{n: number}>")
        #expect(documentation.returnText == "How many.")
        #expect(documentation.examples == ["thing({\n  name: \"n\",\n});", "other();"])
    }

    @Test(
        "a module without documentation is refused by name",
        arguments: [
            "export async function f() {}", "/** x */\nexport function f() {}", "// nothing", "",
        ])
    func undocumented(text: String) {
        #expect(throws: CatalogueError.self) {
            try ToolCatalogue(files: [VirtualFile(path: "tools/a/f.js", text: text)])
        }
    }

    @Test("a missing folder is an error that names it")
    func missing() {
        #expect(throws: CatalogueError.self) { try ToolCatalogue.load(from: "/nonexistent") }
    }

    @Test("folders list their entries")
    func folders() throws {
        let catalogue = try self.catalogue()
        #expect(catalogue.entries(of: "tools/auth") == ["tools/auth/index.js", "tools/auth/login.js"])
        #expect(catalogue.entries(of: "tools")?.count == 6)
        #expect(catalogue.entries(of: "tools/auth/login.js") == nil)
    }
}
