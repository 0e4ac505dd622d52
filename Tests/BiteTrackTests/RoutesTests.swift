import CodeSandbox
import Testing
import UpstreamPipeline

@testable import BiteTrack

struct RoutesTests {
    private let routes = BiteTrackRoutes.table.routes

    /// The first arguments of all `callAPI("…"` in the tool modules, by path.
    private static func calls(_ catalogue: ToolCatalogue) -> [(path: String, route: String)] {
        catalogue.files.filter { $0.path.hasPrefix("tools/") }.flatMap { file in
            let routes = file.text.split(separator: "callAPI(\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
            return Set(routes).filter { !$0.hasPrefix(SessionCalls.prefix) }.map { (file.path, $0) }
        }
    }

    /// Databases of developers: no module, not even a refused one.
    private static let withoutModule: Set<String> = [
        "GET /test-data/status", "POST /test-data/populate", "DELETE /test-data/clean", "POST /test-data/reset",
    ]

    @Test("the table holds the 39 endpoints, the status routes, the OpenAPI description and two picks, each once")
    func complete() {
        #expect(self.routes.count == 39 + 3 + 1 + 2)
        #expect(Set(self.routes.map(\.id)).count == self.routes.count)
    }

    @Test("what is picked comes from a list that the same callers may read, for as long and with the same groups")
    func picks() throws {
        let picks = self.routes.filter { $0.pick != nil }
        #expect(picks.count == 2)
        for route in picks {
            let list = try #require(route.pick.flatMap { BiteTrackRoutes.table[$0.list] })
            #expect(list.access == route.access && list.groups == route.groups && list.timeToLive == route.timeToLive)
            #expect(route.parameters.map(\.name) == [route.pick?.parameter])
        }
    }

    @Test("every route has one module that calls it, and every call is of a route")
    func modulesAndRoutes() throws {
        let calls = Self.calls(try ToolCatalogue.load())
        #expect(Set(calls.map(\.route)) == Set(self.routes.map(\.id)).subtracting(Self.withoutModule))
        #expect(Set(calls.map(\.route)).count == calls.count, "a route called by two modules")
    }

    @Test("a module of a write says that it is not open, and others do not")
    func gates() throws {
        let catalogue = try ToolCatalogue.load()
        for (path, id) in Self.calls(catalogue) {
            let writeClass = try #require(BiteTrackRoutes.table[id]).writeClass
            let text = try #require(catalogue.module(at: path)).documentation.description
            #expect(text.contains("writes are not open to scripts yet") == (writeClass == .confirm), "\(path)")
            #expect(text.contains("Never open to scripts") == (writeClass == .forbidden), "\(path)")
        }
    }

    @Test("a module says which role its route needs")
    func roles() throws {
        let catalogue = try ToolCatalogue.load()
        for (path, id) in Self.calls(catalogue) {
            guard case .roles(let roles) = try #require(BiteTrackRoutes.table[id]).access else { continue }
            let text = try #require(catalogue.module(at: path)).documentation.description
            #expect(text.contains("Needs the role \(roles.sorted().joined(separator: " or "))."), "\(path)")
        }
    }

    @Test("modules document the parameters of their route by the route's names, and check what they document")
    func parameters() throws {
        let catalogue = try ToolCatalogue.load()
        // `sort` is spelled out as sortBy and sortOrder, a customer's `id` as customerId.
        let aliases = ["sort": "sortBy", "id": "customerId"]
        for (path, id) in Self.calls(catalogue) {
            let route = try #require(BiteTrackRoutes.table[id])
            guard route.writeClass != .forbidden else { continue }
            let module = try #require(catalogue.module(at: path))
            let documented = Set(module.documentation.parameters.map(\.name))
            for parameter in route.parameters {
                let names = [parameter.name, aliases[parameter.name] ?? parameter.name]
                #expect(names.contains(where: documented.contains), "\(path): \(parameter.name)")
            }
            for parameter in module.documentation.parameters where !parameter.isRoot {
                #expect(module.text.contains(" \(parameter.name): "), "\(path) does not check \(parameter.name)")
            }
        }
    }

    @Test("enumerations in a module are those of its route")
    func enumerations() throws {
        let catalogue = try ToolCatalogue.load()
        for (path, id) in Self.calls(catalogue) {
            let module = try #require(catalogue.module(at: path))
            for parameter in try #require(BiteTrackRoutes.table[id]).parameters {
                guard case .oneOf(let values) = parameter.kind,
                    let documented = module.documentation.parameters.first(where: { $0.name == parameter.name })
                else { continue }
                #expect(
                    documented.type == values.map { "\"\($0)\"" }.joined(separator: "|"), "\(path): \(parameter.name)")
            }
        }
    }

    @Test("a module documents the members of objects as its route checks them, and so do the types")
    func objects() throws {
        let catalogue = try ToolCatalogue.load()
        var found = 0
        for (path, id) in Self.calls(catalogue) {
            let module = try #require(catalogue.module(at: path))
            for parameter in try #require(BiteTrackRoutes.table[id]).parameters {
                guard case .objects(let members, _) = parameter.kind else { continue }
                let declared = members.map { member in
                    let isNumber = if case .integer = member.kind { true } else { false }
                    return "\(member.name)\(member.isRequired ? "" : "?"): \(isNumber ? "number" : "string")"
                }
                let type = "{\(declared.joined(separator: ", "))}[]"
                let documented = module.documentation.parameters.first { $0.name == parameter.name }
                #expect(documented?.type == type, "\(path): \(parameter.name)")
                let folder = module.path.split(separator: "/").dropLast().joined(separator: "/")
                #expect(catalogue.text(of: "\(folder)/types.d.ts")?.contains("  \(parameter.name): \(type);") == true)
                found += 1
            }
        }
        #expect(found == 1)
    }

    @Test("types are declared once for each category, with every function and every parameter")
    func declarations() throws {
        let catalogue = try ToolCatalogue.load()
        for module in catalogue.modules where module.category != "lib" {
            let folder = module.path.split(separator: "/").dropLast().joined(separator: "/")
            let types = try #require(catalogue.text(of: "\(folder)/types.d.ts"), "\(folder)")
            #expect(types.contains("export function \(module.name)("), "\(module.path)")
            for parameter in module.documentation.parameters where !parameter.isRoot {
                let line = "  \(parameter.name)\(parameter.isOptional ? "?" : ""): \(parameter.type);"
                #expect(types.contains(line), "\(module.path): \(line)")
            }
            for name in module.text.matches(of: /@typedef \{.+?\}+ (\w+)/).map({ String($0.1) }) {
                #expect(types.contains(" \(name) "), "\(folder): \(name)")
            }
        }
    }

    @Test("types of helpers are declared for every function a helper exports, with the arguments it takes")
    func helperDeclarations() throws {
        let catalogue = try ToolCatalogue.load()
        let types = try #require(catalogue.text(of: "lib/types.d.ts"))
        var found = 0
        for file in catalogue.files where file.path.hasPrefix("lib/") && file.path.hasSuffix(".js") {
            for declaration in file.text.matches(of: /\nexport (?:async )?function\*? (\w+)\((.*)\) \{/) {
                let (name, list) = (String(declaration.1), String(declaration.2))
                // What is taken apart counts as one argument, whatever it is called.
                let flat = list.replacing(/\{[^}]*\}/, with: "_").split(separator: ",")
                let arguments = flat.map { $0.split(separator: "=")[0].trimmed }
                let line = try #require(
                    types.split(separator: "\n").first { $0.hasPrefix("export function \(name)(") },
                    "\(file.path): \(name)")
                let declared = line.dropFirst("export function \(name)(".count)
                    .replacing(/\{[^{}]*\}/, with: "_").replacing(/<[^<>]*>/, with: "_")
                    .prefix { $0 != ")" }.split(separator: ",").map { $0.split(separator: ":")[0].trimmed }
                #expect(arguments.count == declared.count, "\(file.path): \(name): \(line)")
                for (argument, type) in zip(arguments, declared) where argument != "_" {
                    #expect(type == argument || type == argument + "?", "\(file.path): \(name): \(line)")
                }
                #expect(!line.hasSuffix(": Promise<unknown>;"), "\(file.path): \(name)")
                found += 1
            }
            for name in file.text.matches(of: /@typedef \{.+?\}+ (\w+)/).map({ String($0.1) }) {
                #expect(
                    types.contains("export interface \(name) {") || types.contains("export type \(name) = "), "\(name)")
            }
        }
        #expect(found > 40, "\(found)")
        let functions = types.split(separator: "\n").filter { $0.hasPrefix("export function ") }
        #expect(functions.count == found && Set(functions).count == found)
        for line in types.split(separator: "\n") where !line.hasPrefix("/") {
            let type = line.split(separator: " // ")[0].trimmingPrefix("export function ")
            #expect(type.matches(of: /\bfunction\b/).isEmpty, "`function` is no type in TypeScript: \(line)")
        }
    }

    @Test("every template parameter is a path parameter that must be an object id, and the other way round")
    func pathParameters() {
        for route in self.routes {
            let inTemplate = route.template.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                String($0.dropFirst().dropLast())
            }
            let declared = route.parameters.filter { $0.place == .path }
            #expect(declared.map(\.name) == inTemplate, "\(route.id)")
            #expect(declared.allSatisfy { $0.kind == .objectID && $0.isRequired }, "\(route.id)")
        }
    }

    @Test("reads change nothing and are repeat safe; only they are cached")
    func reads() {
        for route in self.routes {
            if route.writeClass == .read {
                #expect(route.method == "GET" && route.invalidates.isEmpty && route.isRepeatSafe, "\(route.id)")
                #expect(route.parameters.allSatisfy { $0.place != .body }, "\(route.id)")
            } else {
                #expect(route.timeToLive == nil && route.groups.isEmpty, "\(route.id)")
            }
        }
    }

    @Test(
        "a write makes stale what shows its data",
        arguments: [
            (
                "POST /sales",
                [
                    "GET /sales", "GET /customers", "GET /products", "GET /customers/{id}/transactions",
                    "GET /reporting/sales/analytics", "GET /reporting/sales/export",
                ]
            ),
            (
                "PATCH /sales/{id}/settle",
                [
                    "GET /sales", "GET /sales/{id}", "GET /customers/{id}/transactions",
                    "GET /reporting/sales/analytics", "GET /reporting/sales/export",
                ]
            ),
            (
                "PATCH /customers/{id}",
                [
                    "GET /customers", "GET /sales", "GET /customers/{id}/transactions",
                    "GET /reporting/sales/export",
                ]
            ),
            (
                "PATCH /products/{id}",
                [
                    "GET /products", "GET /sales", "GET /inventory-drops",
                    "GET /reporting/sales/analytics", "GET /reporting/sales/export",
                ]
            ),
            (
                "POST /inventory-drops",
                [
                    "GET /products", "GET /inventory-drops", "GET /inventory-drops/undoable",
                    "GET /inventory-drops/analytics",
                ]
            ),
            ("POST /sellers/pending", ["GET /sellers", "GET /sellers/pending", "GET /sales"]),
        ])
    func invalidation(write: String, stale: [String]) throws {
        let invalidates = try #require(BiteTrackRoutes.table[write]).invalidates
        for read in stale {
            #expect(!invalidates.isDisjoint(with: try #require(BiteTrackRoutes.table[read]).groups), "\(read)")
        }
    }

    @Test(
        "roles are those the API demands",
        arguments: [
            ("GET /inventory-drops", Route.Access.roles(["admin", "superadmin"])),
            ("GET /sellers", .roles(["admin", "superadmin"])), ("GET /sellers/pending", .roles(["superadmin"])),
            ("GET /sales", .anyRole), ("POST /auth/login", .open), ("GET /health", .open),
        ])
    func access(id: String, access: Route.Access) {
        #expect(BiteTrackRoutes.table[id]?.access == access)
    }

    @Test(
        "what destroys, imports or touches accounts never runs",
        arguments: [
            "POST /test-data/reset", "DELETE /test-data/clean", "POST /sales/import", "POST /customers/import",
            "POST /auth/recover", "POST /auth/reset", "PATCH /sellers/{id}/role", "DELETE /sellers/{id}",
        ])
    func forbidden(id: String) {
        #expect(BiteTrackRoutes.table[id]?.writeClass == .forbidden)
    }

    @Test("summaries are one sentence")
    func summaries() {
        for route in self.routes {
            #expect(route.summary.hasSuffix(".") && route.summary.count < 100, "\(route.id)")
        }
    }
}

extension StringProtocol {
    /// Without spaces around it.
    fileprivate var trimmed: String { self.split(separator: " ").joined(separator: " ") }
}
