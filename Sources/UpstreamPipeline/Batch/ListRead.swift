/// One read of a paged list, in the terms in which reads are merged.
struct ListRead: Equatable {
    /// Days since 1970, both inclusive; an open end is the smallest or largest number there is.
    typealias Days = ClosedRange<Int>

    let page: Int
    let limit: Int
    /// The days filtered by; nil where there is no such filter, or it is empty.
    let days: Days?
    /// Equal for reads that differ in nothing but page and limit.
    let pageFamily: [String: String]
    /// Equal for reads that differ in nothing but page, limit and days.
    let dayFamily: [String: String]

    var offset: Int { (self.page - 1) * self.limit }
    var end: Int { self.page * self.limit }

    /// - Returns: nil for a route whose reads cannot be merged.
    init?(_ request: ResolvedRequest) {
        guard let merge = request.route.merge else { return nil }
        var query = request.query
        self.page = query.removeValue(forKey: "page").flatMap { Int($0) } ?? 1
        self.limit = query.removeValue(forKey: "limit").flatMap { Int($0) } ?? merge.defaultLimit
        self.pageFamily = query
        guard let days = merge.days else {
            (self.days, self.dayFamily) = (nil, query)
            return
        }
        let start = query.removeValue(forKey: days.start).flatMap(DateText.day)
        let end = query.removeValue(forKey: days.end).flatMap(DateText.day)
        self.dayFamily = query
        let (first, last) = (start ?? .min, end ?? .max)
        self.days = (start ?? end) != nil && first <= last ? first...last : nil
    }
}

extension DateText {
    /// The UTC day of a date in canonical form, in days since 1970.
    static func day(_ text: String) -> Int? {
        let parts = text.utf8.prefix(10).split(separator: UInt8(ascii: "-")).compactMap { Int(String($0) ?? "") }
        guard parts.count == 3 else { return nil }
        return self.dayNumber(parts[0], parts[1], parts[2])
    }

    /// `YYYY-MM-DD`.
    static func text(ofDay number: Int) -> String {
        let date = self.date(number)
        return "\(self.pad(date.year, 4))-\(self.pad(date.month, 2))-\(self.pad(date.day, 2))"
    }
}
