import COpenSSL

/// Certificates in words.
enum CertificateText {
    /// SHA-256 over the certificate as `AA:BB:…`.
    @unsafe
    static func fingerprint(of certificate: OpaquePointer) -> String? {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var length: UInt32 = 0
        guard unsafe X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return nil }
        let digits = Array("0123456789ABCDEF")
        return digest.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
    }

    /// What has been written into a memory BIO.
    @unsafe
    static func contents(of bio: OpaquePointer) -> String {
        var bytes: UnsafeMutablePointer<CChar>?
        let count = unsafe copenssl_bio_contents(bio, &bytes)
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: max(0, Int(count)))
        return unsafe String(decoding: buffer, as: Unicode.UTF8.self)
    }
}
