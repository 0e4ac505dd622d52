/// Which part of a listing is asked for.
struct Page {
    let number: Int
    let limit: Int

    /// Reads `page` and `limit` where both are checked; a text that is no number is out of range too.
    init(_ query: QueryString, defaultLimit: Int) throws(APIError) {
        let page = query["page"].map { JSNumber.parseInt($0) ?? 0 } ?? 1
        let limit = query["limit"].map { JSNumber.parseInt($0) ?? 0 } ?? defaultLimit
        guard page >= 1 else { throw .badRequest("Page must be greater than 0") }
        guard (1...100).contains(limit) else { throw .badRequest("Limit must be between 1 and 100") }
        self.number = page
        self.limit = limit
    }

    func totalPages(of total: Int) -> Int { (total + self.limit - 1) / self.limit }

    /// The elements of this page.
    func slice<Elements: Collection>(_ elements: Elements) -> Elements.SubSequence {
        elements.dropFirst((self.number - 1).multipliedReportingOverflow(by: self.limit).partialValue)
            .prefix(self.limit)
    }

    /// The `pagination` member; `totalKey` names the count.
    func render(totalKey: String, total: Int, into text: inout JSONText) {
        text.member("pagination") {
            $0.member("currentPage", self.number)
            $0.member("totalPages", self.totalPages(of: total))
            $0.member(totalKey, total)
            $0.member("limit", self.limit)
            $0.member("hasNextPage", self.number < self.totalPages(of: total))
            $0.member("hasPrevPage", self.number > 1)
        }
    }
}
