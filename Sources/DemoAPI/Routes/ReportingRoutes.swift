import NIOHTTP1

/// `/reporting`: analytics and export of sales.
enum ReportingRoutes {
    static let all = [
        Route(.GET, "/reporting/sales/analytics", .sellers, Self.analytics),
        Route(.GET, "/reporting/sales/export", .sellers, SalesExport.run),
    ]

    @Sendable
    private static func analytics(_ call: Call, _ store: inout Store) throws(APIError) -> Reply {
        let query = call.query
        let range = try DayRange(query, hint: DayRange.longHint)
        let dateField = query["dateField"] ?? "createdAt"
        let field = SaleField(rawValue: dateField)
        let parts = dateField.split(separator: ".", omittingEmptySubsequences: false)
        let isMalformed = parts.contains { $0.isEmpty || $0.hasPrefix("$") }
        if isMalformed || [.number, .boolean, .array].contains(field?.kind) { throw .invalidID(isDangerous: true) }
        let groupBy = query["groupBy"] ?? "day"
        var analytics = SalesAnalytics(period: SalesAnalytics.Period(rawValue: groupBy) ?? .day)
        for sale in store.sales.rows {
            let date = sale.imported?.originalCreatedAt ?? field?.date(of: sale)
            if let date {
                guard range.contains(date) else { continue }
            } else if range.start != nil {
                // The database puts "no date" before every date.
                continue
            }
            analytics.add(sale, at: date)
        }
        let products = store.products
        return .object {
            $0.member("period") {
                $0.member("startDate", query.nonEmpty("startDate"))
                $0.member("endDate", query.nonEmpty("endDate"))
                $0.member("dateField", dateField)
                $0.member("groupBy", groupBy)
            }
            analytics.render(products: products, into: &$0)
        }
    }
}
