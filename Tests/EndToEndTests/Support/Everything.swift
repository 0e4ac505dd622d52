import JSON
import TestSupport

/// The server with one of everything, over HTTPS in a process of its own.
struct Everything {
    let url: String
    private let issued: LocalCertificate
    private let program: RunningProgram

    /// Starts it on a free port and waits until it listens.
    init() async throws {
        self.issued = try await LocalCertificate()
        self.program = try RunningProgram(
            Project.program("mcp-everything"),
            arguments: [
                "--port", "0", "--certificate-file", self.issued.file, "--key-file", self.issued.keyFile,
            ])
        self.url = try JSONValue(parsing: try await self.program.awaitFirstLine())["url"]?.stringValue ?? ""
    }

    var certificate: String { self.issued.file }

    /// Asks it to end; returns the exit code and how long that took.
    func stop() async -> (code: Int32, took: Duration) {
        let start = ContinuousClock.now
        let code = await self.program.stop()
        return (code, ContinuousClock.now - start)
    }
}
