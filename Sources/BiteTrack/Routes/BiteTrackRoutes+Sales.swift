import UpstreamPipeline

extension BiteTrackRoutes {
    /// Fields to sort by; the API takes any name and silently does not sort by one it does not know.
    private static let sortFields = ["createdAt", "updatedAt", "totalAmount", "amountPaid", "settled", "settledAt"]

    /// A new sale changes stock and the customer's last transaction.
    private static let staleBySale: Set<String> = [
        CacheGroup.sales, CacheGroup.transactions, CacheGroup.customers, CacheGroup.products, CacheGroup.analytics,
        CacheGroup.export,
    ]

    /// What is sold; a sale of more lines than a receipt has is a mistake.
    private static let saleLines = Parameter(
        "products", .body,
        .objects(
            of: [
                Parameter("productId", .body, .objectID, required: true),
                Parameter("quantity", .body, .integer(1...1_000_000), required: true),
            ], count: 1...200),
        required: true)

    static let sales: [Route] = [
        Route(
            "GET", "/sales", summary: "Lists sales by customer, seller, settlement and UTC days, paged and sorted.",
            parameters: [
                .customerID, .sellerID, .settled, .startDate, .endDate, .dateField, .page,
                Parameter("limit", .query, .integer(1...100)),
                Parameter("sort", .query, .oneOf(sortFields + sortFields.map { "-" + $0 })),
            ],
            timeToLive: .seconds(30), groups: [CacheGroup.sales],
            merge: Merge(
                items: "sales", total: "totalSales", defaultLimit: 50,
                days: Merge.Days(
                    start: "startDate", end: "endDate", field: "dateField", defaultField: "createdAt",
                    echo: ["filters", "dateRange"]))),
        Route(
            "GET", "/sales/{id}", summary: "Reads one sale, with ids instead of names.", parameters: [.pathID()],
            timeToLive: .seconds(30), groups: [CacheGroup.sale]),
        Route(
            "POST", "/sales", summary: "Records a sale and takes its products out of stock.",
            parameters: [Parameter("customerId", .body, .objectID, required: true), saleLines, .amount("amountPaid")],
            invalidates: staleBySale, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "PATCH", "/sales/{id}/settle", summary: "Pays a sale: in full without amountPaid, which cannot be undone.",
            parameters: [.pathID(), .amount("amountPaid")],
            invalidates: [
                CacheGroup.sale, CacheGroup.sales, CacheGroup.transactions, CacheGroup.analytics, CacheGroup.export,
            ],
            writeClass: .confirm, isRepeatSafe: true),
        Route(
            "POST", "/sales/import", summary: "Imports sales from a CSV file.", invalidates: staleBySale,
            writeClass: .forbidden, isRepeatSafe: false),
    ]
}
