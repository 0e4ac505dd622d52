package import UpstreamPipeline

/// Every endpoint of the BiteTrack API: what is not listed here cannot be called.
package enum BiteTrackRoutes {
    package static let table = RouteTable(groups.flatMap { $0 })

    private static let groups: [[Route]] = [
        auth, customers, products, sales, inventoryDrops, reporting, sellers, status, testData,
    ]

    /// The route whose answer carries a token: the host answers it itself and keeps the token.
    package static let login = "POST /auth/login"

    /// The route that tells whether the API can check tokens: without its database it refuses all of them.
    package static let databaseHealth = "GET /health/mongodb"

    static let administrators = Route.Access.roles(["admin", "superadmin"])
    static let superadministrators = Route.Access.roles(["superadmin"])
}

/// Groups of cached answers that go stale together.
///
/// Which write makes which group stale follows from what the API shows populated: a customer's name appears in sales
/// lists, a product's name and price in sales, transactions and drops.
enum CacheGroup {
    static let customers = "customers"
    static let products = "products"
    /// Lists of sales, with names of customers, sellers and products in them.
    static let sales = "sales"
    /// Single sales, which carry ids only.
    static let sale = "sale"
    static let transactions = "transactions"
    static let analytics = "analytics"
    static let export = "export"
    static let drops = "drops"
    static let sellers = "sellers"

    /// Whoever has lost a role, or is gone, may see none of it any more, whoever of them has asked for it.
    static let all: Set<String> = [
        customers, products, sales, sale, transactions, analytics, export, drops, sellers,
    ]
}

extension Parameter {
    static let customerID = Parameter("customerId", .query, .objectID)
    static let sellerID = Parameter("sellerId", .query, .objectID)
    static let productID = Parameter("productId", .query, .objectID)
    static let settled = Parameter("settled", .query, .boolean)
    static let startDate = Parameter("startDate", .query, .date)
    static let endDate = Parameter("endDate", .query, .date)
    /// Only these two: other names end the API's process.
    static let dateField = Parameter("dateField", .query, .oneOf(["createdAt", "updatedAt"]))
    static let page = Parameter("page", .query, .integer(1...1_000_000))
    static let dropReason = Parameter("reason", .query, .oneOf(Parameter.dropReasons))

    static let dropReasons = [
        "expired", "end_of_day", "quality_issue", "damaged", "contaminated", "overproduction", "other",
    ]

    static func pathID(_ name: String = "id") -> Parameter {
        Parameter(name, .path, .objectID, required: true)
    }

    static func text(_ name: String, maximumLength: Int = 200, required: Bool = false) -> Parameter {
        Parameter(name, .body, .string(maximumLength: maximumLength), required: required)
    }

    static func amount(_ name: String, required: Bool = false) -> Parameter {
        Parameter(name, .body, .number(0...1_000_000_000), required: required)
    }

    static func count(_ name: String, from least: Int, required: Bool = false) -> Parameter {
        Parameter(name, .body, .integer(least...1_000_000_000), required: required)
    }
}
