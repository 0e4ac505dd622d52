import COpenSSL

extension TLSContext {
    /// Protocols offered by a server, most liked first.
    private static let serverProtocols = ["h2", "http/1.1"]

    /// Reads certificate, key and client authorities.
    ///
    /// - Throws: `unusableFile` naming the file.
    package static func server(_ configuration: TLSConfiguration) throws(TLSError) -> TLSContext {
        let context = try TLSContext(role: .server)
        let raw = unsafe context.raw
        try Self.check(
            unsafe SSL_CTX_use_certificate_chain_file(raw, configuration.certificateFile), "certificate file",
            configuration.certificateFile)
        try Self.check(
            unsafe SSL_CTX_use_PrivateKey_file(raw, configuration.keyFile, SSL_FILETYPE_PEM), "key file",
            configuration.keyFile)
        try Self.check(unsafe SSL_CTX_check_private_key(raw), "key file", configuration.keyFile)
        if let authorities = configuration.clientAuthorityFile {
            try context.askForClientCertificate(authorities, isRequired: configuration.requiresClientCertificate)
        }
        // Tickets are only good for the same kind of service.
        let name: StaticString = "bitetrack"
        unsafe SSL_CTX_set_session_id_context(raw, name.utf8Start, UInt32(name.utf8CodeUnitCount))
        unsafe SSL_CTX_set_alpn_select_cb(raw, selectProtocol, nil)
        return context
    }

    private func askForClientCertificate(_ file: String, isRequired: Bool) throws(TLSError) {
        try Self.check(unsafe SSL_CTX_load_verify_file(self.raw, file), "client authority file", file)
        guard let names = unsafe SSL_load_client_CA_file(file) else {
            throw TLSError(.unusableFile, during: "client authority file \(file)")
        }
        unsafe SSL_CTX_set_client_CA_list(self.raw, names)
        let mode = SSL_VERIFY_PEER | (isRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0)
        unsafe SSL_CTX_set_verify(self.raw, mode, nil)
    }

    static func check(_ result: CInt, _ what: String, _ file: String) throws(TLSError) {
        if result != 1 { throw TLSError(.unusableFile, during: "\(what) \(file)") }
    }

    /// The length-prefixed list ALPN uses on the wire.
    static func wireFormat(_ protocols: [String]) -> [UInt8] {
        protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    }

    fileprivate static let serverProtocolBytes = TLSContext.serverProtocols.map { Array($0.utf8) }
}

/// Picks the first of ours that the client offers (RFC 7301); a client that offers only others is turned away.
private let selectProtocol:
    @convention(c) (
        OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
        UnsafePointer<UInt8>?,
        UInt32, UnsafeMutableRawPointer?
    ) -> CInt = { _, selected, selectedLength, offered, offeredLength, _ in
        guard let selected = unsafe selected, let selectedLength = unsafe selectedLength, let offered = unsafe offered
        else { return SSL_TLSEXT_ERR_NOACK }
        let list = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredLength))
        for wanted in TLSContext.serverProtocolBytes {
            var index = 0
            while index < list.count {
                let length = unsafe Int(list[index])
                let end = index + 1 + length
                guard end <= list.count else { return SSL_TLSEXT_ERR_ALERT_FATAL }
                if unsafe list[(index + 1)..<end].elementsEqual(wanted) {
                    unsafe selected.pointee = offered + index + 1
                    unsafe selectedLength.pointee = UInt8(length)
                    return SSL_TLSEXT_ERR_OK
                }
                index = end
            }
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
