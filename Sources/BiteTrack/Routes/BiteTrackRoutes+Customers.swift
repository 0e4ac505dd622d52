import UpstreamPipeline

extension BiteTrackRoutes {
    /// Names of customers appear in these.
    private static let staleCustomers: Set<String> = [
        CacheGroup.customers, CacheGroup.sales, CacheGroup.transactions, CacheGroup.export,
    ]

    static let customers: [Route] = [
        Route(
            "GET", "/customers", summary: "Lists all customers, unpaged.", timeToLive: .seconds(60),
            groups: [CacheGroup.customers]),
        Route(
            "GET", "/customers/{id}", summary: "Reads one customer, out of the list.", parameters: [.pathID()],
            timeToLive: .seconds(60), groups: [CacheGroup.customers],
            pick: Pick(from: "GET /customers", noun: "Customer")),
        Route(
            "GET", "/customers/{id}/transactions", summary: "Lists one customer's sales, newest first.",
            parameters: [.pathID(), Parameter("limit", .query, .integer(1...100)), .page, .settled],
            timeToLive: .seconds(30), groups: [CacheGroup.transactions],
            merge: Merge(items: "transactions", total: "totalTransactions", defaultLimit: 10)),
        Route(
            "POST", "/customers", summary: "Adds a customer.",
            parameters: [
                .text("firstName", required: true), .text("lastName", required: true),
                .text("phoneNumber", maximumLength: 30, required: true), Parameter("email", .body, .email),
            ],
            invalidates: staleCustomers, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "PATCH", "/customers/{id}", summary: "Changes a customer's name, phone number or email address.",
            parameters: [
                .pathID(), .text("firstName"), .text("lastName"), .text("phoneNumber", maximumLength: 30),
                Parameter("email", .body, .email),
            ],
            invalidates: staleCustomers, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "DELETE", "/customers/{id}", summary: "Deletes a customer; their sales keep a dangling reference.",
            parameters: [.pathID()], invalidates: staleCustomers, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "POST", "/customers/import", summary: "Imports customers from a CSV file.", invalidates: staleCustomers,
            writeClass: .forbidden, isRepeatSafe: false),
    ]
}
