import COpenSSL

extension TLSContext {
    /// A client that trusts the authorities in a PEM file, or the operating system's without one.
    package static func client(authorityFile: String?, serverName: String, alpn: [String] = []) throws(TLSError)
        -> TLSContext
    {
        let verification = authorityFile.map { TLSVerification.authorities(file: $0) } ?? .system
        return try self.client(verification: verification, serverName: serverName, alpn: alpn)
    }

    /// A client with a say in which certificates it accepts.
    ///
    /// - Parameters:
    ///   - serverName: a DNS name, sent as SNI, or an IP address, which is not.
    ///   - alpn: protocols to offer, most liked first; the extension is left out when empty.
    package static func client(verification: TLSVerification, serverName: String, alpn: [String] = [])
        throws(TLSError) -> TLSContext
    {
        let context = try TLSContext(role: .client(serverName: serverName, verification))
        switch verification {
        case .system:
            try self.check(unsafe SSL_CTX_set_default_verify_paths(context.raw), "authorities of", "the system")
            unsafe SSL_CTX_set_verify(context.raw, SSL_VERIFY_PEER, nil)
        case .authorities(let file):
            try self.check(unsafe SSL_CTX_load_verify_file(context.raw, file), "authority file", file)
            unsafe SSL_CTX_set_verify(context.raw, SSL_VERIFY_PEER, nil)
        case .fingerprint, .none:
            unsafe SSL_CTX_set_verify(context.raw, SSL_VERIFY_NONE, nil)
        }
        let offer = self.wireFormat(alpn)
        // Alone among its relatives this function returns 0 when all is well.
        guard unsafe offer.isEmpty || SSL_CTX_set_alpn_protos(context.raw, offer, UInt32(offer.count)) == 0 else {
            throw TLSError(.outOfMemory, during: "protocol offer")
        }
        return context
    }
}
