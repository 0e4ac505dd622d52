import CodeSandbox
import Testing

@testable import BiteTrack

struct CatalogueTests {
    private func catalogue() throws -> ToolCatalogue { try ToolCatalogue.load() }

    @Test("the bundled tree holds the modules, each in its category")
    func modules() throws {
        let catalogue = try self.catalogue()
        #expect(
            catalogue.categories == [
                "auth", "customers", "inventory-drops", "lib", "products", "reporting", "sales", "sellers", "status",
                "workflows",
            ])
        let tools = catalogue.modules.filter { $0.path.hasPrefix("tools/") }
        #expect(tools.allSatisfy { $0.path == "tools/\($0.category)/\($0.name).js" })
        #expect(
            Set(catalogue.modules.map(\.name)).count == catalogue.modules.count, "a name says which module is meant")
        for name in [
            "dailyClose", "monthlyReport", "customerFollowUp", "lowStockOrder", "wasteReview", "settleCustomer",
        ] {
            #expect(catalogue.module(at: "workflows/\(name).js")?.category == "workflows", "\(name)")
        }
        #expect(catalogue.text(of: "lib/shop.js")?.contains("America/Bogota") == true)
    }

    @Test("every module is documented: summary, cost, result, example, and its parameters")
    func documentation() throws {
        for module in try self.catalogue().modules {
            let documentation = module.documentation
            #expect(documentation.summary.hasSuffix(".") && documentation.summary.count <= 130, "\(module.path)")
            #expect(!module.text.contains("@keywords"), "\(module.path)")
            guard module.category != "lib" else {
                #expect(documentation.description.contains("Cost: "), "\(module.path)")
                #expect(!module.functions.isEmpty || module.name == "shop", "\(module.path)")
                continue
            }
            #expect(documentation.cost != nil, "\(module.path)")
            #expect(!documentation.keywords.isEmpty, "\(module.path)")
            #expect(documentation.returnType.hasPrefix("Promise<"), "\(module.path)")
            #expect((1...3).contains(documentation.examples.count), "\(module.path)")
            #expect(documentation.parameters.allSatisfy { !$0.type.isEmpty && $0.type != "unknown" }, "\(module.path)")
            #expect(module.text.contains("export async function \(module.name)("), "\(module.path)")
        }
    }

    @Test("every index exports all modules of its folder")
    func indexes() throws {
        let catalogue = try self.catalogue()
        for module in catalogue.modules where module.path.hasPrefix("tools/") {
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

    @Test("words for the search alone are taken out of what scripts and models read")
    func keywords() throws {
        let text =
            "/**\n * Does.\n *\n * @keywords one two\n *   three\n * @example\n * f();\n */\nexport async function f() {}"
        let catalogue = try ToolCatalogue(files: [VirtualFile(path: "tools/a/f.js", text: text)])
        let module = try #require(catalogue.module(at: "tools/a/f.js"))
        #expect(module.documentation.keywords == "one two three" && module.documentation.examples == ["f();"])
        #expect(module.text == "/**\n * Does.\n *\n * @example\n * f();\n */\nexport async function f() {}")
        #expect(catalogue.text(of: module.path) == module.text)
    }

    @Test("a helper's functions are read with their arguments")
    func functions() throws {
        let dates = try #require(try self.catalogue().module(at: "lib/dates.js"))
        #expect(dates.signature.contains("lastDays(count): Period; "), "\(dates.signature)")
        #expect(dates.signature.contains("today(): Period; ") && dates.signature.contains("shopDay(instant?): string"))
    }

    @Test("a missing folder is an error that names it")
    func missing() {
        #expect(throws: CatalogueError.self) { try ToolCatalogue.load(from: "/nonexistent") }
    }

    @Test("folders list their entries")
    func folders() throws {
        let catalogue = try self.catalogue()
        #expect(
            catalogue.entries(of: "tools/sellers")?.prefix(3) == [
                "tools/sellers/changeSellerRole.js", "tools/sellers/deleteSeller.js",
                "tools/sellers/getPendingSellers.js",
            ])
        #expect(catalogue.entries(of: "tools")?.count == 8)
        #expect(catalogue.entries(of: "tools/auth/login.js") == nil)
    }
}
