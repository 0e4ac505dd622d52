import UpstreamPipeline

extension BiteTrackRoutes {
    /// Names or prices of products appear in these.
    private static let staleProducts: Set<String> = [
        CacheGroup.products, CacheGroup.sales, CacheGroup.transactions, CacheGroup.drops, CacheGroup.analytics,
        CacheGroup.export,
    ]

    static let products: [Route] = [
        Route(
            "GET", "/products", summary: "Lists all products with price and stock, unpaged.",
            timeToLive: .seconds(60), groups: [CacheGroup.products]),
        Route(
            "GET", "/products/{id}", summary: "Reads one product, out of the list.", parameters: [.pathID()],
            timeToLive: .seconds(60), groups: [CacheGroup.products],
            pick: Pick(from: "GET /products", noun: "Product")),
        Route(
            "POST", "/products", summary: "Adds a product.",
            parameters: [
                .text("productName", required: true), .count("count", from: 0, required: true),
                .amount("price", required: true), .text("description", maximumLength: 2000),
            ],
            invalidates: staleProducts, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "PATCH", "/products/{id}", summary: "Changes a product; count replaces the stock.",
            parameters: [
                .pathID(), .text("productName"), .count("count", from: 0), .amount("price"),
                .text("description", maximumLength: 2000),
            ],
            invalidates: staleProducts, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "DELETE", "/products/{id}", summary: "Deletes a product; past sales and analytics lose it.",
            parameters: [.pathID()], invalidates: staleProducts, writeClass: .confirm, isRepeatSafe: false),
    ]
}
