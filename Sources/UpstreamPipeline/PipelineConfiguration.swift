/// Numbers of the pipeline.
package struct PipelineConfiguration: Sendable {
    /// Scheme, host and port of the upstream, such as `http://bitetrack-api:3000`.
    package var origin: String
    /// Put before every path, such as `/api/v2`.
    package var prefix = "/api/v2"
    /// Requests a session may send in ``rateWindow``.
    package var rateLimit = 100
    package var rateWindow: Duration = .seconds(15 * 60)
    /// How long a call waits for its turn when requests are few; it is refused at once where that is not enough.
    package var queueTimeout: Duration = .seconds(8)
    /// Requests of each upstream window that only changes and logins may use.
    package var quotaReserve = 5
    /// Where the state of the upstream's window outlives the process; nil keeps it in memory.
    package var quotaFile: String?
    package var cacheBytesPerSession = 16 * 1024 * 1024
    /// Answers of at least so many bytes are kept in gzip where that makes them smaller.
    package var packedBytes = 1024
    /// How long after its time an answer may still be given while a newer one is fetched.
    package var staleWhileRevalidate: Duration = .zero
    /// How long after its time an answer may still be given when no newer one is to be had.
    package var staleIfError: Duration = .seconds(300)
    /// How long it is believed that something does not exist.
    package var negativeTime: Duration = .seconds(10)
    /// Id of the route that tells whether the upstream can check tokens; nil believes every 401.
    package var healthRoute: String?
    /// How long a call may take in all, waiting and repeats included.
    package var callTimeout: Duration = .seconds(60)
    /// How long a read that others could share a request with waits for them; zero merges nothing.
    package var batchWindow: Duration = .milliseconds(3)
    /// Safe reads are tried this often in all.
    package var attempts = 3
    package var connectTimeout: Duration = .seconds(5)
    package var totalTimeout: Duration = .seconds(30)
    /// Cap on an answer's body, before and after decoding.
    package var maximumResponseBytes = 32 * 1024 * 1024
    /// Cap on an answer's header lines together.
    package var maximumHeaderBytes = 64 * 1024
    package var maximumHeaderCount = 128
    /// Connections to the upstream at one time; further requests wait for one.
    package var maximumConnections = 16
    /// Connections idle for longer are not used again: Node closes idle ones after 5 s.
    package var idleConnectionAge: Duration = .seconds(4)
    /// PEM file of authorities to trust for an https upstream; nil trusts the system's.
    package var authorityFile: String?
    /// Shown to an https upstream that asks for a certificate; nil shows none.
    package var clientIdentity: ClientIdentity?
    /// HTTP/2 where an https upstream offers it.
    package var usesHTTP2 = true
    /// How long a resolved address is used without asking again.
    package var addressAge: Duration = .seconds(30)
    /// Connections older than this are not used again, however busy.
    package var connectionLifetime: Duration = .seconds(300)
    /// Streamed exchanges: how long the upstream may take to answer.
    package var firstByteTimeout: Duration = .seconds(60)
    /// Streamed exchanges: longest pause inside an answer.
    package var idleTimeout: Duration = .seconds(60)
    /// Streamed exchanges: bytes of an answer held for a client that reads slowly, before the upstream is held back.
    package var streamBufferBytes = 256 * 1024

    /// A certificate and its key.
    package struct ClientIdentity: Sendable, Equatable {
        /// PEM file with the certificate chain, leaf first.
        package var certificateFile: String
        /// PEM file with the private key.
        package var keyFile: String

        package init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    package init(origin: String) { self.origin = origin }
}
