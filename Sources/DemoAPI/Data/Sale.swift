/// One order and what has been paid of it.
struct Sale: Sendable, Identifiable {
    let id: ObjectID
    let customerID: ObjectID
    let sellerID: ObjectID
    let lines: [SaleLine]
    /// Sum of quantity × price in binary floating point, never rounded.
    let totalAmount: Double
    var amountPaid: Double
    var settled: Bool
    /// Set by the settle endpoint only.
    var settledAt: Timestamp?
    /// What an import brought along; nil for sales made here.
    var imported: ImportedDetails?
    let createdAt: Timestamp
    var updatedAt: Timestamp

    init(
        id: ObjectID, customerID: ObjectID, sellerID: ObjectID, lines: [SaleLine], amountPaid: Double,
        imported: ImportedDetails? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.customerID = customerID
        self.sellerID = sellerID
        self.lines = lines
        self.totalAmount = lines.reduce(0) { $0 + $1.amount }
        self.amountPaid = amountPaid
        self.settled = amountPaid >= self.totalAmount
        self.imported = imported
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }

    /// When the sale took place: its own date for an imported one.
    var effectiveDate: Timestamp { self.imported?.originalCreatedAt ?? self.createdAt }

    /// The part of a sale that only an import sets.
    struct ImportedDetails: Sendable {
        var originalCreatedAt: Timestamp
        var importedAt: Timestamp
        var importBatch: String
        var receiptURL: String?
        var paymentMethod: String?
    }
}

/// One article of a sale at the price it had then.
struct SaleLine: Sendable, Identifiable {
    let id: ObjectID
    let productID: ObjectID
    let quantity: Int
    let priceAtSale: Double

    var amount: Double { self.priceAtSale * Double(self.quantity) }
}
