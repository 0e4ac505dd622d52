import COpenSSL

/// Certificates, trust and protocol settings that connections share.
///
/// Sendable because it is complete once made, and OpenSSL lets any thread make connections from a finished `SSL_CTX`.
@safe
package final class TLSContext: @unchecked Sendable {
    /// Which end of a connection this is for.
    enum Role: Equatable {
        case server
        /// Asks for this server name, and accepts the certificate under this condition.
        case client(serverName: String, TLSVerification)
    }

    /// Mozilla's intermediate list for TLS 1.2, without finite-field key exchange; TLS 1.3 has only good ones.
    private static let ciphers =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
    private static let groups = "X25519:prime256v1:secp384r1"

    let raw: OpaquePointer
    let role: Role

    init(role: Role) throws(TLSError) {
        ERR_clear_error()
        let method = unsafe role == .server ? TLS_server_method() : TLS_client_method()
        guard let raw = unsafe SSL_CTX_new(method) else { throw TLSError(.outOfMemory, during: "new context") }
        unsafe self.raw = raw
        self.role = role
        guard unsafe copenssl_set_min_version(raw, TLS1_2_VERSION) == 1,
            unsafe SSL_CTX_set_cipher_list(raw, Self.ciphers) == 1,
            unsafe copenssl_set_groups(raw, Self.groups) == 1
        else { throw TLSError(.outOfMemory, during: "protocol settings") }
        unsafe copenssl_set_safe_options(raw)
        unsafe copenssl_release_buffers(raw)
        // Whole records at once instead of their five-byte headers first.
        unsafe copenssl_set_read_ahead(raw)
        // Resumption works by tickets alone: nothing is kept for clients that may never come back.
        unsafe copenssl_set_session_cache_mode(raw, Int(SSL_SESS_CACHE_OFF))
        // An encrypted key must fail to load instead of asking at the terminal.
        unsafe SSL_CTX_set_default_passwd_cb(raw) { _, _, _, _ in 0 }
    }

    deinit { unsafe SSL_CTX_free(self.raw) }

    /// Returns a handler for one new connection.
    package func makeHandler() throws(TLSError) -> TLSHandler { TLSHandler(session: try TLSSession(context: self)) }
}
