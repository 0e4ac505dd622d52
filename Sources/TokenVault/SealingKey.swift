import COpenSSL

/// A random key that seals and opens small secrets with AES-256-GCM (NIST SP 800-38D), from any thread.
///
/// Nonces are random, which is safe for 2³² seals; whoever seals more replaces the key.
package final class SealingKey: Sendable {
    /// Longest secret taken.
    package static let maximumBytes = 1024 * 1024

    private let key: KeyBytes

    /// - Throws: ``VaultError`` when the system gives no memory or no randomness.
    package init() throws(VaultError) { self.key = try KeyBytes() }

    /// Whether the key can never reach a swap device.
    package var isLocked: Bool { self.key.isLocked }

    /// Seals `secret` so that it opens only together with `context`, which is authenticated but not stored.
    package func seal(_ secret: Secret<String>, context: String) throws -> SealedBox {
        try secret.reveal { text in
            var text = text
            return try text.withUTF8 { try unsafe self.seal($0, context: context) }
        }
    }

    /// Opens what ``seal(_:context:)`` returned.
    ///
    /// - Throws: ``VaultError`` when bytes, key or context are not the ones of the sealing.
    package func open(_ box: SealedBox, context: String) throws -> Secret<String> {
        let count = box.bytes.count - SealedBox.overheadBytes
        guard count >= 0 else { throw VaultError("the sealed bytes are too short") }
        return try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 1) { plain in
            defer { unsafe OPENSSL_cleanse(plain.baseAddress, plain.count) }
            guard try unsafe self.open(box.bytes, to: plain, context: context) else {
                throw VaultError("the sealed bytes were changed, or belong to another key or context")
            }
            let text = unsafe String(validating: UnsafeBufferPointer(rebasing: plain[..<count]), as: UTF8.self)
            guard let text else { throw VaultError("the sealed bytes are not a text") }
            return Secret(text)
        }
    }

    private func seal(_ plain: UnsafeBufferPointer<UInt8>, context: String) throws -> SealedBox {
        guard plain.count <= SealingKey.maximumBytes else { throw VaultError("too long to be sealed") }
        let cipher = try CipherContext()
        var context = context
        let bytes = try unsafe [UInt8](unsafeUninitializedCapacity: plain.count + SealedBox.overheadBytes) {
            output, count in
            guard let nonce = output.baseAddress else { throw VaultError("no memory to seal in") }
            let body = unsafe nonce + SealedBox.nonceBytes
            guard unsafe RAND_bytes(nonce, Int32(SealedBox.nonceBytes)) == 1,
                unsafe cipher.begin(.seal, key: self.key, nonce: nonce),
                context.withUTF8({ unsafe cipher.authenticate($0) }),
                unsafe cipher.transform(plain, to: body), cipher.finish(),
                unsafe cipher.readTag(into: body + plain.count)
            else { throw VaultError("sealing failed") }
            count = plain.count + SealedBox.overheadBytes
        }
        return SealedBox(bytes: bytes)
    }

    private func open(
        _ sealed: [UInt8], to plain: UnsafeMutableBufferPointer<UInt8>, context: String
    ) throws -> Bool {
        let cipher = try CipherContext()
        var (sealed, context) = (sealed, context)
        // Mutable only because EVP_CIPHER_CTX_ctrl(3) declares the tag so.
        return unsafe sealed.withUnsafeMutableBufferPointer { bytes in
            guard let nonce = bytes.baseAddress, let output = plain.baseAddress else { return false }
            let body = unsafe UnsafeBufferPointer(
                rebasing: bytes[SealedBox.nonceBytes..<bytes.count - SealedBox.tagBytes])
            guard unsafe cipher.begin(.open, key: self.key, nonce: nonce),
                context.withUTF8({ unsafe cipher.authenticate($0) }),
                unsafe cipher.transform(body, to: output),
                unsafe cipher.expectTag(nonce + bytes.count - SealedBox.tagBytes)
            else { return false }
            return cipher.finish()
        }
    }
}
