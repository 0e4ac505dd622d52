/// Keeps each session's upstream token sealed with AES-256-GCM (NIST SP 800-38D) under a key in locked memory.
package final class TokenVault: Sendable {
    /// - Throws: ``VaultError`` when no randomness or no locked memory is to be had.
    package init() throws { fatalError() }

    /// Seals `token` for `session`, replacing what was there.
    package func store(_ token: Secret<String>, identity: Identity, session: String) throws { fatalError() }

    /// The session's token, or nil when it has none.
    ///
    /// - Throws: ``VaultError`` when the sealed bytes do not open (which means corrupted memory).
    package func token(session: String) throws -> Secret<String>? { fatalError() }

    /// Whose token the session holds; nil when it has none.
    package func identity(session: String) -> Identity? { fatalError() }

    /// Forgets the session's token and wipes its bytes.
    package func wipe(session: String) { fatalError() }

    /// Replaces the key and re-seals every token in place.
    package func rotateKey() throws { fatalError() }
}

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

/// Why a token could not be sealed or opened.
package struct VaultError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
