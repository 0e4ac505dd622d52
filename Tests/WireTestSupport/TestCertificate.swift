package import HTTPServer
package import TestSupport

/// A self-signed certificate in a folder of its own.
package struct TestCertificate: Sendable {
    package let folder: TemporaryFolder
    package let fingerprint: String

    package init() throws {
        self.folder = try TemporaryFolder()
        self.fingerprint = try SelfSignedCertificate.create(
            certificateFile: self.folder.path("cert.pem"), keyFile: self.folder.path("key.pem"))
    }

    package var certificateFile: String { self.folder.path("cert.pem") }
    package var keyFile: String { self.folder.path("key.pem") }

    package var configuration: HTTPServerConfiguration {
        var configuration = HTTPServerConfiguration()
        configuration.tls = TLSConfiguration(certificateFile: self.certificateFile, keyFile: self.keyFile)
        return configuration
    }

    /// A client that trusts this certificate.
    package func client(alpn: [String] = []) throws -> TLSContext {
        try TLSContext.client(authorityFile: self.certificateFile, serverName: "localhost", alpn: alpn)
    }

    /// Runs curl against the server, trusting this certificate.
    package func curl(_ server: HTTPServer, _ path: String, _ arguments: String...) async throws -> Command {
        try await Command.run(
            "curl",
            ["-sS", "--noproxy", "*", "--cacert", self.certificateFile, "https://localhost:\(server.port)\(path)"]
                + arguments)
    }
}
