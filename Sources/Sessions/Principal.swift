import COpenSSL

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
        self = token.isEmpty ? .anonymous : .bearer(digest: Principal.sha256(Array(token.utf8)))
    }

    private static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        unsafe bytes.withUnsafeBufferPointer { input in
            unsafe digest.withUnsafeMutableBufferPointer { output in
                _ = unsafe SHA256(input.baseAddress, input.count, output.baseAddress)
            }
        }
        return digest
    }
}
