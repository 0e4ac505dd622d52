import UpstreamPipeline

extension BiteTrackRoutes {
    static let reporting: [Route] = [
        Route(
            "GET", "/reporting/sales/analytics",
            summary: "Sums up sales over UTC days: totals, time series, top ten products, payments.",
            parameters: [
                .startDate, .endDate, .dateField,
                Parameter("groupBy", .query, .oneOf(["hour", "day", "week", "month", "year"])),
            ],
            timeToLive: .seconds(60), groups: [CacheGroup.analytics]),
        Route(
            "GET", "/reporting/sales/export", summary: "Exports all matching sales as CSV in one answer.",
            parameters: [
                Parameter("format", .query, .oneOf(["detailed", "summary", "products"])),
                .startDate, .endDate, .dateField, .customerID, .sellerID, .settled,
            ],
            timeToLive: .seconds(60), groups: [CacheGroup.export], answer: .text),
    ]
}
