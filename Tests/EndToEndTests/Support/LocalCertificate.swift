import TestSupport

/// A certificate for localhost that signs itself, in a folder that disappears with its last user.
final class LocalCertificate: Sendable {
    let file: String
    let keyFile: String
    private let folder: TemporaryFolder

    struct NotMade: Error { let errors: String }

    init() async throws {
        self.folder = try TemporaryFolder()
        self.file = self.folder.path("cert.pem")
        self.keyFile = self.folder.path("key.pem")
        let made = try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-keyout", self.keyFile, "-out", self.file, "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost",
            ])
        guard made.status == 0 else { throw NotMade(errors: made.errors) }
    }
}
