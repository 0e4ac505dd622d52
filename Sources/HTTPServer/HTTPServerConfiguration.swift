import Compression

/// Where the listener listens and what it tolerates.
package struct HTTPServerConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 picks a free port.
    package var port = 0
    /// nil serves plain HTTP.
    package var tls: TLSConfiguration?
    package var limits = Limits()
    /// `Strict-Transport-Security`, `X-Content-Type-Options` and their like on every answer.
    package var addsSecurityHeaders = true
    /// gzip for compressible answers of at least ``minimumCompressedBytes`` to clients that accept it.
    package var compresses = true
    package var minimumCompressedBytes = 1024
    /// Bodies of requests that come in gzip are decoded, unless the handler takes them in as they come.
    package var decodesRequests = true
    /// 1 (fast) to 9 (small).
    package var compressionLevel = GzipCompressor.defaultLevel

    package struct Limits: Sendable {
        /// Request line and headers together; more is answered 431.
        package var headerBytes = 32 * 1024
        /// Request body; more is answered 413.
        package var bodyBytes = 4 * 1024 * 1024
        /// Time for a client to send a whole header; then 408 and close.
        package var headerTimeout: Duration = .seconds(10)
        /// Time between two reads of a body; then 408 and close.
        package var bodyTimeout: Duration = .seconds(30)
        /// Time a connection may stay without a request.
        package var idleTimeout: Duration = .seconds(75)
        package var connections = 4096
        /// Bytes an event stream may hold for a client that does not read.
        package var eventBacklogBytes = 1024 * 1024
        package var keepAliveCommentInterval: Duration = .seconds(15)

        package init() {}
    }

    package init() {}
}

/// Certificate, key and what is asked of clients.
package struct TLSConfiguration: Sendable {
    /// PEM file with the certificate chain, leaf first.
    package var certificateFile: String
    /// PEM file with the private key.
    package var keyFile: String
    /// PEM file of authorities; when set, clients may show a certificate, and must when ``requiresClientCertificate``.
    package var clientAuthorityFile: String?
    package var requiresClientCertificate = false

    package init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
