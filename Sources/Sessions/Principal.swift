import Base64

/// Who presents a request: sessions answer only to the principal that opened them.
package enum Principal: Hashable, Sendable {
    case anonymous
    /// SHA-256 of the presented bearer token.
    case bearer(digest: [UInt8])

    /// The principal of an `Authorization` header; anonymous unless it carries a bearer token (RFC 6750 section 2.1).
    ///
    /// The token itself is not kept.
    package init(authorization: String?) {
        guard let authorization else {
            self = .anonymous
            return
        }
        let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            self = .anonymous
            return
        }
        let token = parts[1].drop { $0 == " " }
        self = token.isEmpty ? .anonymous : .bearer(digest: SHA256Digest.of(Array(token.utf8)))
    }

    /// A text that is the same for the same principal and no other.
    package var key: String {
        switch self {
        case .anonymous: "anonymous"
        case .bearer(let digest): "bearer:" + Base64.encode(digest, as: .url)
        }
    }
}
