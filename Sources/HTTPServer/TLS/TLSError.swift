import COpenSSL

/// A TLS failure: files that cannot be used, a handshake that did not come about, a broken stream.
package struct TLSError: Error, CustomStringConvertible {
    package enum Code: String, Sendable {
        case outOfMemory
        /// A certificate, key or authority file cannot be read or does not fit.
        case unusableFile
        case handshakeFailed
        /// The peer spoke plain HTTP.
        case plainHTTP
        /// The peer's certificate is not the expected one.
        case untrustedPeer
        /// The stream ended without a closing alert, or is damaged.
        case brokenStream
        /// A certificate could not be made.
        case certificateCreation
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Takes the reason from OpenSSL's error queue of this thread, which is empty afterwards.
    init(_ code: Code, during what: String) {
        let error = ERR_peek_last_error()
        ERR_clear_error()
        let text = unsafe ERR_reason_error_string(error).map { unsafe String(cString: $0) }
        let isHTTP = copenssl_error_reason(error) == SSL_R_HTTP_REQUEST && code == .handshakeFailed
        self.init(isHTTP ? .plainHTTP : code, "\(what): \(text ?? "no reason given")")
    }

    package var description: String { "TLS \(self.code.rawValue): \(self.reason)" }
}
