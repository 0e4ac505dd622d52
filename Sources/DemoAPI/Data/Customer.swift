/// A person who buys.
struct Customer: Sendable, Identifiable {
    let id: ObjectID
    var firstName: String
    var lastName: String
    /// Digits only: ten that start with 3, or seven.
    var phoneNumber: String
    var email: String?
    /// Time of the latest sale; an imported sale counts with its own date.
    var lastTransaction: Timestamp?
    var isTestData = false
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var name: String { "\(self.firstName) \(self.lastName)" }
}
