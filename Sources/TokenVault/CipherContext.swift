import COpenSSL

/// One OpenSSL cipher context for AES-256-GCM, which OpenSSL wipes when it is freed.
///
/// Every function returns false where OpenSSL reports failure (EVP_EncryptInit(3)): any value but 1.
@safe
struct CipherContext: ~Copyable {
    enum Direction: Int32 { case open = 0, seal = 1 }

    private let raw: OpaquePointer
    deinit { unsafe EVP_CIPHER_CTX_free(self.raw) }

    init() throws(VaultError) {
        guard let raw = unsafe EVP_CIPHER_CTX_new() else { throw VaultError("no memory for a cipher") }
        unsafe self.raw = raw
    }

    borrowing func begin(_ direction: Direction, key: borrowing KeyBytes, nonce: UnsafePointer<UInt8>) -> Bool {
        unsafe key.withBytes { key in
            unsafe EVP_CipherInit_ex(self.raw, EVP_aes_256_gcm(), nil, key, nonce, direction.rawValue) == 1
        }
    }

    /// Feeds data that is authenticated but not encrypted.
    borrowing func authenticate(_ data: UnsafeBufferPointer<UInt8>) -> Bool {
        var written: Int32 = 0
        guard data.count > 0 else { return true }
        return unsafe EVP_CipherUpdate(self.raw, nil, &written, data.baseAddress, Int32(data.count)) == 1
    }

    /// Encrypts or decrypts `input` to `output`, which has the same length.
    borrowing func transform(_ input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutablePointer<UInt8>) -> Bool {
        var written: Int32 = 0
        guard input.count > 0 else { return true }
        return unsafe EVP_CipherUpdate(self.raw, output, &written, input.baseAddress, Int32(input.count)) == 1
    }

    /// Ends the operation; when opening, false means that key, nonce, context, text or tag do not belong together.
    borrowing func finish() -> Bool {
        var unused: UInt8 = 0
        var written: Int32 = 0
        return unsafe EVP_CipherFinal_ex(self.raw, &unused, &written) == 1
    }

    borrowing func readTag(into tag: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe EVP_CIPHER_CTX_ctrl(self.raw, EVP_CTRL_AEAD_GET_TAG, Int32(SealedBox.tagBytes), tag) == 1
    }

    borrowing func expectTag(_ tag: UnsafeMutablePointer<UInt8>) -> Bool {
        unsafe EVP_CIPHER_CTX_ctrl(self.raw, EVP_CTRL_AEAD_SET_TAG, Int32(SealedBox.tagBytes), tag) == 1
    }
}
