/// The date filter of sales and reports: whole UTC days, both ends included.
struct DayRange {
    /// 00:00:00.000 of the first day.
    let start: Timestamp?
    /// 23:59:59.999 of the last day.
    let end: Timestamp?

    /// Reads `startDate` and `endDate`; `hint` follows the message about one that is no date.
    init(_ query: QueryString, hint: String) throws(APIError) {
        self.start = try Self.date(query, "startDate", hint)?.startOfDay
        self.end = try Self.date(query, "endDate", hint)?.endOfDay
    }

    static let longHint = ". Use YYYY-MM-DD or ISO 8601 format"

    var isUnbounded: Bool { self.start == nil && self.end == nil }

    func contains(_ date: Timestamp) -> Bool {
        if let start = self.start, date < start { return false }
        if let end = self.end, date > end { return false }
        return true
    }

    private static func date(_ query: QueryString, _ key: String, _ hint: String) throws(APIError) -> Timestamp? {
        guard let text = query.nonEmpty(key) else { return nil }
        guard let date = DateParser.parse(text) else { throw .badRequest("Invalid \(key) format\(hint)") }
        return date
    }
}
