/// A stored field of a sale, as sorting and date filters name it.
enum SaleField: String {
    case createdAt, updatedAt, settledAt, originalCreatedAt, importedAt
    case id = "_id"
    case customerID = "customerId"
    case sellerID = "sellerId"
    case totalAmount, amountPaid
    case version = "__v"
    case settled, externalSale, isTestData
    case receiptURL = "receiptUrl"
    case importBatch, paymentMethod
    case products

    /// What the database makes of the field where it expects a date.
    enum Kind { case date, id, number, boolean, text, array }

    /// A value that sorts like the database's: absent first.
    enum SortKey: Comparable {
        case absent
        case number(Double)
        case text(String)
        case id(ObjectID)
    }

    var kind: Kind {
        switch self {
        case .createdAt, .updatedAt, .settledAt, .originalCreatedAt, .importedAt: .date
        case .id, .customerID, .sellerID: .id
        case .totalAmount, .amountPaid, .version: .number
        case .settled, .externalSale, .isTestData: .boolean
        case .receiptURL, .importBatch, .paymentMethod: .text
        case .products: .array
        }
    }

    /// The field as a date; an id carries the time it was made.
    func date(of sale: Sale) -> Timestamp? {
        switch self {
        case .createdAt: sale.createdAt
        case .updatedAt: sale.updatedAt
        case .settledAt: sale.settledAt
        case .originalCreatedAt: sale.imported?.originalCreatedAt
        case .importedAt: sale.imported?.importedAt
        case .id: sale.id.createdAt
        case .customerID: sale.customerID.createdAt
        case .sellerID: sale.sellerID.createdAt
        case .totalAmount, .amountPaid, .version, .settled, .externalSale, .isTestData, .receiptURL, .importBatch,
            .paymentMethod, .products:
            nil
        }
    }

    func sortKey(of sale: Sale) -> SortKey {
        switch self {
        case .createdAt, .updatedAt, .settledAt, .originalCreatedAt, .importedAt:
            self.date(of: sale).map { .number(Double($0.milliseconds)) } ?? .absent
        case .id: .id(sale.id)
        case .customerID: .id(sale.customerID)
        case .sellerID: .id(sale.sellerID)
        case .totalAmount: .number(sale.totalAmount)
        case .amountPaid: .number(sale.amountPaid)
        case .settled: .number(sale.settled ? 1 : 0)
        case .externalSale: .number(sale.imported == nil ? 0 : 1)
        case .receiptURL: sale.imported?.receiptURL.map { .text($0) } ?? .absent
        case .importBatch: (sale.imported?.importBatch).map { .text($0) } ?? .absent
        case .paymentMethod: sale.imported?.paymentMethod.map { .text($0) } ?? .absent
        case .version, .isTestData, .products: .absent
        }
    }
}

/// The `sort` parameter: one field, `-` in front for descending.
struct SaleSort {
    /// nil is a name no sale has: storage order.
    let field: SaleField?
    let isDescending: Bool

    init(_ text: String) throws(APIError) {
        let name = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0.hasPrefix("$") }) else { throw .unhandled() }
        self.field = SaleField(rawValue: String(name))
        self.isDescending = text.hasPrefix("-")
    }

    /// Sorts positions of `sales`, which come in storage order; ties keep it.
    func apply(to positions: [Int], of sales: [Sale]) -> [Int] {
        guard let field = self.field else { return positions }
        // Storage order is the order of creation.
        if field == .createdAt || field == .id { return self.isDescending ? positions.reversed() : positions }
        let keyed = positions.map { (key: field.sortKey(of: sales[$0]), position: $0) }
        let sorted = keyed.sorted { left, right in
            if left.key == right.key { return left.position < right.position }
            return self.isDescending ? left.key > right.key : left.key < right.key
        }
        return sorted.map(\.position)
    }
}
