/// Someone who can log in.
struct Seller: Sendable, Identifiable {
    let id: ObjectID
    var firstName: String
    var lastName: String
    var email: String
    var dateOfBirth: Timestamp
    var role: Role
    var createdBy: Creator
    var activatedAt: Timestamp
    var testingUser = false
    var password: PasswordDigest
    let createdAt: Timestamp
    var updatedAt: Timestamp

    /// Who made the account.
    enum Creator: Sendable {
        /// Entered in the database directly.
        case itself
        case seller(ObjectID)
    }
}

/// Someone invited who has not chosen a password yet.
struct PendingSeller: Sendable, Identifiable {
    let id: ObjectID
    var firstName: String
    var lastName: String
    var email: String
    var dateOfBirth: Timestamp
    var createdBy: ObjectID
    var testingUser = false
    let createdAt: Timestamp
    var updatedAt: Timestamp
}

/// Permission to choose a new password, once, for 24 hours.
struct PasswordReset: Sendable {
    let sellerID: ObjectID
    let expiresAt: Timestamp
}
