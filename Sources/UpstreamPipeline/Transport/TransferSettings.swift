import CCurl
import Glibc

/// Settings all transfers to the upstream have in common.
struct TransferSettings: Sendable {
    /// Read from a socket at once, for a body that passes through.
    ///
    /// libcurl allocates it for each transfer; from 64 KiB on glibc tidies up its heap whenever one is freed.
    static let streamingBufferBytes = 32 * 1024

    let origin: UpstreamOrigin
    let configuration: PipelineConfiguration

    /// - Throws: ``TransportSetupError`` when address or a file cannot be used.
    init(_ configuration: PipelineConfiguration) throws(TransportSetupError) {
        self.origin = try UpstreamOrigin(configuration.origin)
        self.configuration = configuration
        if let file = configuration.authorityFile, unsafe access(file, R_OK) != 0 {
            throw TransportSetupError("the upstream's authority file \(file) cannot be read")
        }
        for file in configuration.clientIdentity.map({ [$0.certificateFile, $0.keyFile] }) ?? []
        where unsafe access(file, R_OK) != 0 {
            throw TransportSetupError("the client certificate or key file \(file) cannot be read")
        }
    }

    /// How often silent streams are looked for: often enough for the shortest time-out.
    var sweepMilliseconds: Int32 {
        let shortest = min(self.configuration.firstByteTimeout, self.configuration.idleTimeout)
        return Int32(clamping: min(1000, max(10, shortest.wholeMilliseconds / 4)))
    }

    /// Prepares a handle for an exchange that is put together.
    func apply(to handle: EasyHandle) throws(PipelineError) {
        try self.applyCommon(to: handle)
        try handle.set(CURLOPT_TIMEOUT_MS, self.configuration.totalTimeout.wholeMilliseconds)
        try handle.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: self.configuration.maximumResponseBytes)
        try handle.set(CURLOPT_USERAGENT, "bitetrack-sidecar")
    }

    /// Prepares a handle for an exchange that passes through: nothing is decoded, and only silence ends it.
    func applyStreaming(to handle: EasyHandle) throws(PipelineError) {
        try self.applyCommon(to: handle)
        // What is asked for is set apart, so that nothing a client says is ever read as part of a URL.
        try handle.set(CURLOPT_URL, self.origin.text + "/")
        try handle.set(CURLOPT_BUFFERSIZE, Self.streamingBufferBytes)
    }

    /// What both have in common; `handle` must have all settings at their defaults.
    private func applyCommon(to handle: EasyHandle) throws(PipelineError) {
        // Only this upstream, only HTTP, straight there: what the environment or an answer says changes nothing.
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_PROXY, "")
        try handle.set(CURLOPT_NOPROXY, "*")
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        // HTTP/2 where TLS negotiates it, HTTP/1.1 otherwise.
        try handle.set(
            CURLOPT_HTTP_VERSION,
            Int(self.configuration.usesHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = self.configuration.authorityFile { try handle.set(CURLOPT_CAINFO, file) }
        if let identity = self.configuration.clientIdentity {
            try handle.set(CURLOPT_SSLCERT, identity.certificateFile)
            try handle.set(CURLOPT_SSLKEY, identity.keyFile)
        }
        // Signals belong to the process; a thread of libcurl's must not touch them.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, self.configuration.connectTimeout.wholeMilliseconds)
        try handle.set(CURLOPT_MAXAGE_CONN, max(1, Int(self.configuration.idleConnectionAge.components.seconds)))
        // An address that has moved is found again, also by connections that are never idle.
        try handle.set(CURLOPT_DNS_CACHE_TIMEOUT, Int(self.configuration.addressAge.components.seconds))
        try handle.set(CURLOPT_MAXLIFETIME_CONN, Int(self.configuration.connectionLifetime.components.seconds))
    }
}

extension Duration {
    /// At least one, since libcurl takes 0 for “no limit”.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int(self.components.seconds * 1000 + self.components.attoseconds / 1_000_000_000_000_000))
    }
}
