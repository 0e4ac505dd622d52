import Base64
import JSON

/// What the upstream's token says of itself, read without verifying it: only the upstream knows its key.
///
/// Good for telling when a token ends; never a reason to trust anyone.
package struct JWTClaims: Sendable, Equatable {
    /// Longest token read.
    package static let maximumBytes = 16 * 1024

    package let id: String
    package let role: String
    /// Seconds since 1970.
    package let issuedAt: Int
    /// Seconds since 1970.
    package let expiresAt: Int

    /// - Throws: ``VaultError`` that says what is wrong with the token without repeating any of it.
    package init(reading token: Secret<String>) throws(VaultError) {
        let payload = try token.reveal(JWTClaims.payload)
        self.id = try JWTClaims.text("id", of: payload)
        self.role = try JWTClaims.text("role", of: payload)
        self.issuedAt = try JWTClaims.time("iat", of: payload)
        self.expiresAt = try JWTClaims.time("exp", of: payload)
    }

    private static func payload(of token: String) throws(VaultError) -> JSONObject {
        guard token.utf8.count <= self.maximumBytes else {
            throw VaultError("the token is longer than \(self.maximumBytes) bytes")
        }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw VaultError("the token has \(parts.count) parts; a JWT has 3, separated by dots")
        }
        for (name, part) in zip(["header", "payload", "signature"], parts) where part.isEmpty {
            throw VaultError("the token's \(name) is empty")
        }
        guard let bytes = Base64.decode(parts[1], as: .url) else {
            throw VaultError("the token's payload is not base64url")
        }
        guard let value = try? JSONValue(parsing: bytes, maximumDepth: 8), let object = value.objectValue else {
            throw VaultError("the token's payload is not a JSON object")
        }
        return object
    }

    private static func text(_ name: String, of payload: JSONObject) throws(VaultError) -> String {
        guard let text = payload[name]?.stringValue, !text.isEmpty else {
            throw VaultError("the token's claim `\(name)` is missing or not a text")
        }
        return text
    }

    private static func time(_ name: String, of payload: JSONObject) throws(VaultError) -> Int {
        guard let time = payload[name]?.intValue, time >= 0 else {
            throw VaultError("the token's claim `\(name)` is missing or not a time in whole seconds")
        }
        return time
    }
}
