import UpstreamPipeline

extension BiteTrackRoutes {
    private static let staleByDrop: Set<String> = [CacheGroup.products, CacheGroup.drops]
    private static let droppedBy = Parameter("droppedBy", .query, .objectID)

    static let inventoryDrops: [Route] = [
        Route(
            "GET", "/inventory-drops",
            summary: "Lists waste: products taken out of stock, newest first; dates are exact instants.",
            parameters: [
                // The API takes 0 as "all" and then claims a next page for ever.
                .page, Parameter("limit", .query, .integer(1...1000)), .productID, droppedBy, .dropReason,
                .startDate, .endDate, Parameter("includeUndone", .query, .boolean),
            ],
            access: administrators, timeToLive: .seconds(30), groups: [CacheGroup.drops]),
        Route(
            "GET", "/inventory-drops/undoable", summary: "Lists drops that can still be undone (8 hours).",
            parameters: [Parameter("userId", .query, .objectID)], access: administrators, timeToLive: .seconds(30),
            groups: [CacheGroup.drops]),
        Route(
            "GET", "/inventory-drops/analytics",
            summary: "Sums up waste by reason and product; last 30 days by default.",
            parameters: [.startDate, .endDate, .productID, .dropReason, droppedBy], access: administrators,
            timeToLive: .seconds(60), groups: [CacheGroup.drops]),
        Route(
            "GET", "/inventory-drops/{dropId}", summary: "Reads one drop and whether it can be undone.",
            parameters: [.pathID("dropId")], access: administrators, timeToLive: .seconds(30),
            groups: [CacheGroup.drops]),
        Route(
            "POST", "/inventory-drops", summary: "Takes spoiled or unsold products out of stock.",
            parameters: [
                Parameter("productId", .body, .objectID, required: true),
                .count("quantityToDrop", from: 1, required: true),
                Parameter("reason", .body, .oneOf(Parameter.dropReasons)), .text("notes", maximumLength: 500),
                Parameter("productionDate", .body, .date), Parameter("expirationDate", .body, .date),
                .text("batchId", maximumLength: 100),
            ],
            access: administrators, invalidates: staleByDrop, writeClass: .confirm, isRepeatSafe: false),
        Route(
            "POST", "/inventory-drops/{dropId}/undo", summary: "Puts a drop of the last 8 hours back into stock, once.",
            parameters: [.pathID("dropId"), .text("undoReason", maximumLength: 300)],
            access: administrators, invalidates: staleByDrop, writeClass: .confirm, isRepeatSafe: true),
    ]
}
