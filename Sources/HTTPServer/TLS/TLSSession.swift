import COpenSSL
import NIOCore

/// One TLS connection: bytes in, bytes out, no socket.
///
/// Not for two threads at once.
@safe
final class TLSSession {
    enum Progress {
        case done
        /// More bytes of the peer are needed first.
        case needsInput
        /// The peer said that it will send no more.
        case peerClosed
        case failed(TLSError)
    }

    /// Plaintext that fits into a record.
    private static let recordBytes = 16 * 1024
    /// At least what a record adds to it: header, explicit nonce, content type, authentication tag.
    private static let recordOverheadBytes = 32

    private let ssl: OpaquePointer
    /// OpenSSL keeps the `SSL_CTX` but knows nothing of its Swift owner.
    private let context: TLSContext
    private let buffers = TLSBuffers()

    init(context: TLSContext) throws(TLSError) {
        self.context = context
        ERR_clear_error()
        guard let ssl = unsafe SSL_new(context.raw) else { throw TLSError(.outOfMemory, during: "new session") }
        unsafe self.ssl = ssl
        guard let bio = unsafe self.buffers.makeBIO() else { throw TLSError(.outOfMemory, during: "new BIO") }
        // The session owns the BIO from here on.
        unsafe SSL_set_bio(ssl, bio, bio)
        switch context.role {
        case .server: unsafe SSL_set_accept_state(ssl)
        case .client(let serverName, let verification):
            unsafe SSL_set_connect_state(ssl)
            try self.expect(serverName: serverName, verification)
        }
    }

    deinit { unsafe SSL_free(self.ssl) }

    /// Takes in bytes from the peer.
    func receive(_ bytes: ByteBuffer) {
        if self.buffers.incoming.readableBytes == 0 {
            self.buffers.incoming = bytes
        } else {
            self.buffers.incoming.writeImmutableBuffer(bytes)
        }
    }

    /// Takes out bytes for the peer.
    func takeOutput() -> ByteBuffer? {
        guard self.buffers.outgoing.readableBytes > 0 else { return nil }
        defer { self.buffers.outgoing = ByteBuffer() }
        return self.buffers.outgoing
    }

    func handshake() -> Progress {
        ERR_clear_error()
        let result = unsafe SSL_do_handshake(self.ssl)
        guard result == 1 else { return self.progress(result, .handshakeFailed, "handshake") }
        if case .client(_, .fingerprint(let expected)) = self.context.role, self.peerFingerprint != expected {
            return .failed(TLSError(.untrustedPeer, "the server's certificate has another fingerprint"))
        }
        return .done
    }

    /// Returns all the plaintext there is; never ends with `done`.
    func read() -> (plaintext: ByteBuffer, Progress) {
        var plaintext = ByteBufferAllocator().buffer(capacity: max(self.buffers.incoming.readableBytes, 256))
        var result: CInt = 0
        var isDry = false
        self.clearErrors()
        repeat {
            let wanted = max(Int(unsafe SSL_pending(self.ssl)), self.buffers.incoming.readableBytes, 256)
            unsafe plaintext.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { target in
                result = unsafe SSL_read(self.ssl, target.baseAddress, CInt(clamping: target.count))
                return max(0, Int(result))
            }
            // To ask once more would only make OpenSSL allocate its buffers to find nothing.
            isDry = unsafe self.buffers.incoming.readableBytes == 0 && SSL_has_pending(self.ssl) == 0
        } while result > 0 && !isDry
        let progress = result > 0 ? .needsInput : self.progress(result, .brokenStream, "read")
        // All of it has been read: let the storage go.
        if self.buffers.incoming.readableBytes == 0 { self.buffers.incoming = ByteBuffer() }
        return (plaintext, progress)
    }

    /// Encrypts all of `plaintext`: the outgoing buffer grows as it must.
    func write(_ plaintext: ByteBuffer) throws(TLSError) {
        guard plaintext.readableBytes > 0 else { return }
        self.clearErrors()
        let records = (plaintext.readableBytes - 1) / Self.recordBytes + 1
        let bytes = plaintext.readableBytes + records * Self.recordOverheadBytes
        if self.buffers.outgoing.readableBytes == 0 {
            self.buffers.outgoing = ByteBufferAllocator().buffer(capacity: bytes)
        } else {
            self.buffers.outgoing.reserveCapacity(minimumWritableBytes: bytes)
        }
        let result = unsafe plaintext.withUnsafeReadableBytes { source in
            unsafe SSL_write(self.ssl, source.baseAddress, CInt(clamping: source.count))
        }
        guard Int(result) == plaintext.readableBytes else { throw TLSError(.brokenStream, during: "write") }
    }

    /// Puts a closing alert into the output; harmless when there is nothing to close.
    func closeOutput() {
        ERR_clear_error()
        guard unsafe SSL_is_init_finished(self.ssl) == 1 else { return }
        _ = unsafe SSL_shutdown(self.ssl)
        ERR_clear_error()
    }

    /// What another connection of this thread has left in OpenSSL's queue must not be taken for an error of this one.
    private func clearErrors() {
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    private func progress(_ result: CInt, _ code: TLSError.Code, _ what: String) -> Progress {
        switch unsafe SSL_get_error(self.ssl, result) {
        case SSL_ERROR_NONE: .done
        case SSL_ERROR_WANT_READ: .needsInput
        case SSL_ERROR_ZERO_RETURN: .peerClosed
        // SSL_ERROR_SSL and, for a BIO that never fails, SSL_ERROR_SYSCALL.
        default: .failed(TLSError(code, during: what))
        }
    }

    private func expect(serverName: String, _ verification: TLSVerification) throws(TLSError) {
        let isAddress = unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(self.ssl), serverName) == 1
        ERR_clear_error()
        var succeeded = true
        if !isAddress {
            succeeded = unsafe copenssl_set_server_name(self.ssl, serverName) == 1
            succeeded = unsafe succeeded && SSL_set1_host(self.ssl, serverName) == 1
        }
        guard succeeded else { throw TLSError(.outOfMemory, during: "server name \(serverName)") }
    }
}

extension TLSSession {
    /// What the handshake agreed on.
    var summary: TLSHandshakeCompleted {
        var bytes: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        unsafe SSL_get0_alpn_selected(self.ssl, &bytes, &length)
        let selected = unsafe String(
            decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: Unicode.UTF8.self)
        return unsafe TLSHandshakeCompleted(
            applicationProtocol: selected.isEmpty ? nil : selected,
            serverName: SSL_get_servername(self.ssl, TLSEXT_NAMETYPE_host_name).map { unsafe String(cString: $0) },
            version: String(cString: SSL_get_version(self.ssl)), isResumed: SSL_session_reused(self.ssl) == 1,
            peerSubject: self.peerSubject)
    }

    /// Subject of the peer's certificate, which has been verified by then.
    private var peerSubject: String? {
        guard let certificate = unsafe SSL_get1_peer_certificate(self.ssl) else { return nil }
        defer { unsafe X509_free(certificate) }
        guard let text = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(text) }
        unsafe copenssl_print_name(text, X509_get_subject_name(certificate))
        return unsafe CertificateText.contents(of: text)
    }

    private var peerFingerprint: String? {
        guard let certificate = unsafe SSL_get1_peer_certificate(self.ssl) else { return nil }
        defer { unsafe X509_free(certificate) }
        return unsafe CertificateText.fingerprint(of: certificate)
    }
}
