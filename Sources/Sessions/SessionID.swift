/// An unguessable name of a session: 192 random bits as 32 characters of base64url. Prints only its beginning.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id. A secret while the session lives: never log it.
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package var description: String { String(self.rawValue.prefix(6)) + "…" }
}

/// Who presents a request: sessions answer only to the principal that opened them.
package enum Principal: Hashable, Sendable {
    case anonymous
    /// SHA-256 of the presented bearer token.
    case bearer(digest: [UInt8])
}
