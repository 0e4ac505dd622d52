/// How several reads of a paged list can be answered by one request, and its answer be split again.
package struct Merge: Sendable, Equatable {
    /// A filter by days in UTC: both ends inclusive, instants widened to the whole day.
    package struct Days: Sendable, Equatable {
        package var start: String
        package var end: String
        /// The query parameter that names the elements' date to filter by.
        package var field: String
        package var defaultField: String
        /// Members of the answer that repeat the filter, outermost first, such as `filters`, `dateRange`.
        package var echo: [String]

        package init(start: String, end: String, field: String, defaultField: String, echo: [String]) {
            self.start = start
            self.end = end
            self.field = field
            self.defaultField = defaultField
            self.echo = echo
        }
    }
    /// The answer's member with the elements.
    package var items: String
    /// The member of `pagination` with the number of all elements.
    package var total: String
    package var defaultLimit: Int
    package var maximumLimit: Int
    /// nil where there is no filter by days.
    package var days: Days?

    package init(items: String, total: String, defaultLimit: Int, maximumLimit: Int = 100, days: Days? = nil) {
        self.items = items
        self.total = total
        self.defaultLimit = defaultLimit
        self.maximumLimit = maximumLimit
        self.days = days
    }
}
