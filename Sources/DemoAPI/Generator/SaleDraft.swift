/// A sale before it gets its ids: drafts are made in any order and entered by time.
struct SaleDraft {
    /// How much of a sale was paid, and when.
    enum Payment {
        case atOnce, later, none, part, tooMuch
    }

    let createdAt: Timestamp
    let customerID: ObjectID
    let sellerID: ObjectID
    let items: [Item]
    var payment: Payment
    var imported: Sale.ImportedDetails?

    struct Item {
        let productID: ObjectID
        let quantity: Int
        let price: Double
    }

    /// Added in the order and the arithmetic the sale will use.
    var total: Double { self.items.reduce(0) { $0 + $1.price * Double($1.quantity) } }
}
