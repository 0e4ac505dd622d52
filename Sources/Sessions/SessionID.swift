import Base64

/// An unguessable name of a session: 192 random bits as 32 characters of base64url.
///
/// Prints only its beginning.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id, a secret while the session lives: never log it.
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// A new id from OpenSSL's random generator.
    package static func generate() -> SessionID { SessionID(rawValue: Base64.encode(randomBytes(count: 24), as: .url)) }

    package var description: String { String(self.rawValue.prefix(6)) + "…" }
}
