/// How a read of one element is answered where the upstream has none: from a list, by id.
///
/// Any number of such reads costs as few requests as the list has pages up to the last element wanted.
package struct Pick: Sendable, Hashable {
    /// Where a list has its elements and how many pages there are, for lists that come in pages.
    package struct Pages: Sendable, Hashable {
        /// The answer's member with the elements.
        package var items: String
        /// Elements asked for at once: the most the upstream gives.
        package var limit: Int

        package init(items: String, limit: Int) {
            self.items = items
            self.limit = limit
        }
    }
    /// Id of the route that answers the list: a read for the same callers.
    package var list: String
    /// The path parameter with the id.
    package var parameter: String
    /// The elements' member with the id.
    package var member: String
    /// What an element is, as it begins “… not found”.
    package var noun: String
    /// nil for a list that always comes whole, as a bare array.
    package var pages: Pages?

    package init(
        from list: String, by parameter: String = "id", member: String = "id", noun: String, pages: Pages? = nil
    ) {
        self.list = list
        self.parameter = parameter
        self.member = member
        self.noun = noun
        self.pages = pages
    }
}
