import NIOHTTP1

/// One method and path, who may call it and what answers.
struct Route: Sendable {
    typealias Handler = @Sendable (Call, inout Store) throws(APIError) -> Reply

    /// Who may call a route.
    ///
    /// Inside a guarded group everyone must at least be logged in.
    enum Access: Sendable {
        case everyone
        case sellers
        case only([Role])

        static let administrators = Access.only([.admin, .superadmin])
        static let superadministrators = Access.only([.superadmin])
    }

    let method: HTTPMethod
    /// The parts of the path; one that begins with `:` matches anything.
    let path: [String]
    let access: Access
    let handler: Handler

    init(_ method: HTTPMethod, _ path: String, _ access: Access = .sellers, _ handler: @escaping Handler) {
        self.method = method
        self.path = path.split(separator: "/").map(String.init)
        self.access = access
        self.handler = handler
    }

    /// What the placeholders match in `path`, compared without case; nil when the route is another.
    func match(_ method: HTTPMethod, _ path: [String]) -> [String]? {
        guard method == self.method, path.count == self.path.count else { return nil }
        var parameters: [String] = []
        for (pattern, part) in zip(self.path, path) {
            if pattern.hasPrefix(":") {
                parameters.append(part)
            } else if pattern != part.lowercased() {
                return nil
            }
        }
        return parameters
    }
}

/// All routes by the first part of their path.
struct RouteTable: Sendable {
    /// Groups that ask for a token before they say that a path does not exist.
    static let guardedGroups: Set<String> = [
        "customers", "products", "sales", "reporting", "sellers", "inventory-drops", "test-data",
    ]
    static let standard = RouteTable(
        CustomerRoutes.all + ProductRoutes.all + SaleRoutes.all + DropRoutes.all + ReportingRoutes.all
            + SellerRoutes.all + AuthRoutes.all + StatusRoutes.all)

    private let groups: [String: [Route]]

    init(_ routes: [Route]) { self.groups = Dictionary(grouping: routes) { $0.path.first ?? "" } }

    func find(_ method: HTTPMethod, _ path: [String]) -> (route: Route, parameters: [String])? {
        for route in self.groups[path.first?.lowercased() ?? ""] ?? [] {
            if let parameters = route.match(method, path) { return (route, parameters) }
        }
        return nil
    }
}
