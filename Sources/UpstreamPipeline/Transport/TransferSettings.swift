import CCurl

/// Settings all transfers to the upstream have in common.
struct TransferSettings: Sendable {
    let origin: UpstreamOrigin
    let configuration: PipelineConfiguration

    /// Prepares a handle whose settings are all at their defaults.
    func apply(to handle: EasyHandle) throws(PipelineError) {
        // Only this upstream, only HTTP, straight there: what the environment or an answer says changes nothing.
        try handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_PROXY, "")
        try handle.set(CURLOPT_NOPROXY, "*")
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        // HTTP/2 where TLS negotiates it, HTTP/1.1 otherwise.
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = self.configuration.authorityFile { try handle.set(CURLOPT_CAINFO, file) }
        // Signals belong to the process; a thread of libcurl's must not touch them.
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, self.configuration.connectTimeout.wholeMilliseconds)
        try handle.set(CURLOPT_TIMEOUT_MS, self.configuration.totalTimeout.wholeMilliseconds)
        try handle.set(CURLOPT_MAXAGE_CONN, max(1, Int(self.configuration.idleConnectionAge.components.seconds)))
        try handle.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: self.configuration.maximumResponseBytes)
        try handle.set(CURLOPT_USERAGENT, "bitetrack-sidecar")
    }
}

extension Duration {
    /// At least one, since libcurl takes 0 for “no limit”.
    fileprivate var wholeMilliseconds: Int {
        max(1, Int(self.components.seconds * 1000 + self.components.attoseconds / 1_000_000_000_000_000))
    }
}
