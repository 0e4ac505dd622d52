/// Which drops a listing or report is about.
///
/// Dates are exact instants here.
struct DropFilter {
    var productID: ObjectID?
    var droppedBy: ObjectID?
    /// Matched as it is: an unknown reason finds nothing.
    var reason: String?
    var start: Timestamp?
    var end: Timestamp?

    /// Reads the query; anything malformed throws `failure`.
    init(_ query: QueryString, orThrow failure: APIError) throws(APIError) {
        self.productID = try Self.read(query, "productId", failure) { ObjectID($0) }
        self.droppedBy = try Self.read(query, "droppedBy", failure) { ObjectID($0) }
        self.reason = query.nonEmpty("reason")
        self.start = try Self.read(query, "startDate", failure) { DateParser.parse($0) }
        self.end = try Self.read(query, "endDate", failure) { DateParser.parse($0) }
    }

    func matches(_ drop: InventoryDrop) -> Bool {
        if let productID = self.productID, drop.productID != productID { return false }
        if let droppedBy = self.droppedBy, drop.droppedBy != droppedBy { return false }
        if let reason = self.reason, drop.reason.rawValue != reason { return false }
        if let start = self.start, drop.droppedAt < start { return false }
        if let end = self.end, drop.droppedAt > end { return false }
        return true
    }

    private static func read<Value>(
        _ query: QueryString, _ key: String, _ failure: APIError, _ parse: (String) -> Value?
    ) throws(APIError) -> Value? {
        guard let text = query.nonEmpty(key) else { return nil }
        guard let value = parse(text) else { throw failure }
        return value
    }
}
