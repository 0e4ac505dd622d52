/// An article on the menu and how many there are.
struct Product: Sendable, Identifiable {
    let id: ObjectID
    var productName: String
    var description = ""
    /// Stock on hand.
    var count: Int
    var price: Double
    var isTestData = false
    let createdAt: Timestamp
    var updatedAt: Timestamp
}
