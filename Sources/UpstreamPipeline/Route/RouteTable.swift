/// All routes, found by id.
package struct RouteTable: Sendable {
    package let routes: [Route]
    private let index: [String: Int]

    package init(_ routes: [Route]) {
        self.routes = routes
        self.index = Dictionary(routes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(id: String) -> Route? { self.index[id].map { self.routes[$0] } }
}
