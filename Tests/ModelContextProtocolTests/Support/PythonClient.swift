import Foundation
import Testing

/// Runs a script of `Clients/` with the Python SDK that `scripts/setup.sh --tests` installs.
enum PythonClient {
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// - Returns: what the script printed.
    /// - Throws: its output when it fails or takes too long.
    static func run(_ script: String, _ arguments: String...) async throws -> [String] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let root = tests.deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appending(path: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Failure(description: "There is no .venv/bin/python: run scripts/setup.sh --tests first.")
        }
        let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = python
        process.arguments = [tests.appending(path: "Clients/\(script)").path] + arguments
        process.environment = ["PYTHONUNBUFFERED": "1", "NO_PROXY": "*"]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try await self.run(process, limit: .seconds(45))
        let text = try String(contentsOf: output, encoding: .utf8)
        guard process.terminationStatus == 0 else { throw Failure(description: "\(script) failed:\n\(text)") }
        return text.split(separator: "\n").map(String.init)
    }

    private static func run(_ process: Process, limit: Duration) async throws {
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        let identifier = process.processIdentifier
        let watchdog = Task {
            try await ContinuousClock().sleep(for: limit)
            kill(identifier, SIGKILL)
        }
        for await _ in ended {}
        // A cancelled test does not wait for its script either.
        if process.isRunning {
            kill(identifier, SIGKILL)
            process.waitUntilExit()
        }
        watchdog.cancel()
    }
}
