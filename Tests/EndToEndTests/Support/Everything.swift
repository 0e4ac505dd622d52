import Foundation
import JSON
import TestSupport

/// The server with one of everything, over HTTPS in a process of its own.
final class Everything: Sendable {
    let url: String
    private let issued: LocalCertificate
    private let process: ChildProcess
    private let folder: TemporaryFolder

    struct NotReady: Error { let errors: String }

    /// Starts it on a free port and waits until it listens.
    init() async throws {
        let (issued, folder) = (try await LocalCertificate(), try TemporaryFolder())
        let process = try ChildProcess(
            program: Project.program("mcp-everything"),
            arguments: ["--port", "0", "--certificate-file", issued.file, "--key-file", issued.keyFile],
            environment: [:], output: folder.path("output"), errors: folder.path("log"))
        func line() -> String { (try? folder.read("output")) ?? "" }
        await eventually { line().hasSuffix("\n") || !process.isRunning }
        guard let url = try? JSONValue(parsing: line().trimmingCharacters(in: .newlines))["url"]?.stringValue else {
            process.send(SIGKILL)
            throw NotReady(errors: (try? folder.read("log")) ?? "")
        }
        (self.url, self.issued, self.process, self.folder) = (url, issued, process, folder)
    }

    /// Ends the program if the test has not.
    deinit { self.process.send(SIGKILL) }

    var certificate: String { self.issued.file }
    var log: String { (try? self.folder.read("log")) ?? "" }

    /// Asks it to end; returns the exit code and how long that took.
    func stop() async -> (code: Int32, took: Duration) {
        self.process.send(SIGTERM)
        let start = ContinuousClock.now
        let code = await self.process.exitCode(within: 20)
        return (code, ContinuousClock.now - start)
    }
}
