import COpenSSL

/// Bytes that only the key which sealed them opens, and only under the same context.
package struct SealedBox: Sendable, Equatable {
    static let nonceBytes = 12
    static let tagBytes = 16
    static let overheadBytes = 28

    /// Nonce, ciphertext, tag.
    package private(set) var bytes: [UInt8]

    /// Takes bytes from anywhere: ones that no key sealed just do not open.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Overwrites the bytes with zeros.
    package mutating func wipe() {
        unsafe self.bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}
