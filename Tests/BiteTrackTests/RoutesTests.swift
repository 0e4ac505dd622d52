import CodeSandbox
import Testing
import UpstreamPipeline

@testable import BiteTrack

struct RoutesTests {
    private let routes = BiteTrackRoutes.table.routes

    /// The first arguments of all `callAPI("…"` in the modules, by path.
    private static func calls(_ catalogue: ToolCatalogue) -> [(path: String, route: String)] {
        catalogue.files.flatMap { file in
            file.text.split(separator: "callAPI(\"").dropFirst().map { rest in
                (file.path, String(rest.prefix { $0 != "\"" }))
            }
        }
    }

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

    @Test("every route a module calls exists and may be called from a script")
    func modulesCallRoutes() throws {
        let calls = Self.calls(try ToolCatalogue.load())
        #expect(calls.count >= 9)
        for (path, id) in calls {
            let route = try #require(BiteTrackRoutes.table[id], "\(path) calls \(id)")
            #expect([.read, .session].contains(route.writeClass), "\(path) calls \(id)")
        }
    }

    @Test(
        "the reads an agent needs have a module",
        arguments: [
            "POST /auth/login", "GET /sales", "GET /sales/{id}", "GET /products", "GET /customers",
            "GET /customers/{id}/transactions", "GET /reporting/sales/analytics", "GET /inventory-drops",
        ])
    func routesHaveModules(id: String) throws {
        #expect(Self.calls(try ToolCatalogue.load()).contains { $0.route == id })
    }

    @Test("modules document the parameters of their route, by the route's names")
    func parameters() throws {
        let catalogue = try ToolCatalogue.load()
        for (path, id) in Self.calls(catalogue) {
            let route = try #require(BiteTrackRoutes.table[id])
            let module = try #require(catalogue.module(at: path))
            let documented = Set(module.documentation.parameters.map(\.name))
            for parameter in route.parameters {
                // `sort` is spelled out as sortBy and sortOrder, a customer's `id` as customerId.
                let aliases = ["sort": "sortBy", "id": "customerId"]
                let names = [parameter.name, aliases[parameter.name] ?? parameter.name]
                #expect(names.contains(where: documented.contains), "\(path): \(parameter.name)")
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
