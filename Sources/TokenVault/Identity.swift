/// Who a token speaks for, as the upstream said at login.
package struct Identity: Sendable, Equatable {
    package var userID: String
    package var name: String
    package var role: String
    /// From the token's `exp`, seconds since 1970.
    package var expiresAt: Int

    package init(userID: String, name: String, role: String, expiresAt: Int) {
        self.userID = userID
        self.name = name
        self.role = role
        self.expiresAt = expiresAt
    }
}
