package import Logging

/// The listener: accepts connections, speaks TLS, HTTP/1.1 and HTTP/2, and hands whole requests to a handler.
package final class HTTPServer: Sendable {
    /// The bound port, useful when the configured one is 0.
    package let port: Int

    private init(port: Int) { self.port = port }

    /// Binds and starts to serve.
    ///
    /// - Throws: when the address cannot be bound or the TLS files cannot be used; the description says which and why.
    package static func start(
        configuration: HTTPServerConfiguration, handler: any HTTPHandler, logger: Logger
    ) async throws -> HTTPServer { fatalError() }

    /// Reads certificate and key anew; running connections keep the old ones. On failure the old ones stay in use.
    package func reloadCertificates() throws { fatalError() }

    /// Stops listening, lets running requests finish for at most `deadline`, ends event streams, then closes everything.
    package func shutdown(deadline: Duration) async { fatalError() }
}
