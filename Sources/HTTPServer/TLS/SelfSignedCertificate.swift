import COpenSSL
import Glibc

/// Makes a certificate for a service that nobody has given one.
package enum SelfSignedCertificate {
    /// The longest browsers accept is 398 days.
    private static let validDays = 397

    /// Writes a P-256 key (mode 0600) and a certificate (mode 0644) for `localhost`, 127.0.0.1, ::1 and `names`.
    ///
    /// - Parameter names: further DNS names or IP addresses.
    /// - Returns: the SHA-256 fingerprint as `AA:BB:…`.
    @discardableResult
    package static func create(certificateFile: String, keyFile: String, names: [String] = []) throws(TLSError)
        -> String
    {
        let subjects = try self.alternativeNames(names)
        ERR_clear_error()
        guard let key = unsafe copenssl_generate_p256() else { throw self.failure("generating a key") }
        defer { unsafe EVP_PKEY_free(key) }
        guard let certificate = unsafe X509_new() else { throw self.failure("allocating a certificate") }
        defer { unsafe X509_free(certificate) }
        unsafe try self.fill(certificate, key, subjects)
        let keyText = unsafe try self.pem("key") { unsafe PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        let text = unsafe try self.pem("certificate") { unsafe PEM_write_bio_X509($0, certificate) }
        try CertificateFiles.write(keyText, to: keyFile, permissions: 0o600)
        try CertificateFiles.write(text, to: certificateFile, permissions: 0o644)
        guard let fingerprint = unsafe CertificateText.fingerprint(of: certificate) else {
            throw self.failure("computing the fingerprint")
        }
        return fingerprint
    }

    /// The SHA-256 fingerprint of the first certificate in a PEM file, as `AA:BB:…`.
    package static func fingerprint(ofCertificateFile file: String) throws(TLSError) -> String {
        ERR_clear_error()
        guard let bio = unsafe BIO_new_file(file, "r") else {
            throw TLSError(.unusableFile, during: "certificate file \(file)")
        }
        defer { unsafe BIO_free(bio) }
        guard let certificate = unsafe PEM_read_bio_X509(bio, nil, nil, nil) else {
            throw TLSError(.unusableFile, during: "certificate file \(file)")
        }
        defer { unsafe X509_free(certificate) }
        guard let fingerprint = unsafe CertificateText.fingerprint(of: certificate) else {
            throw TLSError(.unusableFile, during: "fingerprint of \(file)")
        }
        return fingerprint
    }

    /// The `subjectAltName` value: nothing in a name may be read as OpenSSL's own syntax.
    static func alternativeNames(_ names: [String]) throws(TLSError) -> String {
        var entries = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"]
        for name in names {
            let isSafe = name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"),
                    UInt8(ascii: ":"):
                    true
                default: false
                }
            }
            var address = in6_addr()
            let isAddress = unsafe inet_pton(AF_INET, name, &address) == 1 || inet_pton(AF_INET6, name, &address) == 1
            guard isSafe, !name.isEmpty, isAddress || !name.contains(":") else {
                throw TLSError(.certificateCreation, "'\(name)' is neither a DNS name nor an IP address")
            }
            let entry = (isAddress ? "IP:" : "DNS:") + name
            if !entries.contains(entry) { entries.append(entry) }
        }
        return entries.joined(separator: ",")
    }

    @unsafe
    private static func fill(_ certificate: OpaquePointer, _ key: OpaquePointer, _ subjects: String) throws(TLSError) {
        var serial = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&serial, 16) == 1 else { throw self.failure("choosing a serial number") }
        // Positive, as RFC 5280 wants it.
        serial[0] = serial[0] & 0x7F | 0x40
        let number = unsafe BN_bin2bn(serial, 16, nil)
        defer { unsafe BN_free(number) }
        let name = unsafe X509_get_subject_name(certificate)
        // Clocks differ: valid since an hour ago.
        guard unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil,
            unsafe X509_set_version(certificate, 2) == 1,
            unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), -3600) != nil,
            unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), self.validDays * 86_400 - 3600) != nil,
            unsafe X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, "localhost", -1, -1, 0) == 1,
            unsafe X509_set_issuer_name(certificate, name) == 1,
            unsafe X509_set_pubkey(certificate, key) == 1
        else { throw self.failure("filling in the certificate") }
        unsafe try self.extend(certificate, NID_basic_constraints, "critical,CA:FALSE")
        unsafe try self.extend(certificate, NID_key_usage, "critical,digitalSignature")
        unsafe try self.extend(certificate, NID_ext_key_usage, "serverAuth")
        unsafe try self.extend(certificate, NID_subject_key_identifier, "hash")
        unsafe try self.extend(certificate, NID_subject_alt_name, subjects)
        guard unsafe X509_sign(certificate, key, EVP_sha256()) > 0 else { throw self.failure("signing") }
    }

    @unsafe
    private static func extend(_ certificate: OpaquePointer, _ kind: CInt, _ value: String) throws(TLSError) {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        guard let part = unsafe X509V3_EXT_conf_nid(nil, &context, kind, value) else {
            throw self.failure("the extension \(value)")
        }
        defer { unsafe X509_EXTENSION_free(part) }
        guard unsafe X509_add_ext(certificate, part, -1) == 1 else { throw self.failure("the extension \(value)") }
    }

    @unsafe
    private static func pem(_ what: String, _ write: (OpaquePointer) -> CInt) throws(TLSError) -> String {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw self.failure("writing the \(what)") }
        defer { unsafe BIO_free(bio) }
        guard unsafe write(bio) == 1 else { throw self.failure("writing the \(what)") }
        return unsafe CertificateText.contents(of: bio)
    }

    private static func failure(_ what: String) -> TLSError { TLSError(.certificateCreation, during: what) }
}
