/// Which sales a listing or export is about.
struct SaleFilter {
    let customerID: ObjectID?
    let sellerID: ObjectID?
    let settled: Bool?
    let range: DayRange
    let dateField: SaleField

    /// Reads `customerId`, `sellerId` and `settled`.
    ///
    /// - Parameter isDangerous: whether a malformed id would have killed the original here.
    init(
        _ query: QueryString, range: DayRange, dateField: SaleField, isDangerous: Bool = false
    ) throws(APIError) {
        self.customerID = try Self.id(query.nonEmpty("customerId"), isDangerous)
        self.sellerID = try Self.id(query.nonEmpty("sellerId"), isDangerous)
        self.settled = query.settled
        self.range = range
        self.dateField = dateField
    }

    func matches(_ sale: Sale) -> Bool {
        if let customerID = self.customerID, sale.customerID != customerID { return false }
        if let sellerID = self.sellerID, sale.sellerID != sellerID { return false }
        if let settled = self.settled, sale.settled != settled { return false }
        if self.range.isUnbounded { return true }
        return self.dateField.date(of: sale).map { self.range.contains($0) } ?? false
    }

    /// Where the matching sales are, in storage order.
    func positions(in sales: [Sale]) -> [Int] { sales.indices.filter { self.matches(sales[$0]) } }

    private static func id(_ text: String?, _ isDangerous: Bool) throws(APIError) -> ObjectID? {
        guard let text else { return nil }
        guard let id = ObjectID(text) else { throw .invalidID(isDangerous: isDangerous) }
        return id
    }
}
