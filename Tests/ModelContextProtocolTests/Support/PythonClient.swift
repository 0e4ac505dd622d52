import Foundation

/// Runs a script of `Clients/` with the Python SDK that `scripts/setup.sh --tests` installs.
enum PythonClient {
    /// - Returns: what the script printed.
    /// - Throws: its output when it fails or takes too long.
    static func run(_ script: String, url: String, mode: String, certificateFile: String?) async throws -> [String] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let python = tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Program.Failure(description: "There is no .venv/bin/python: run scripts/setup.sh --tests first.")
        }
        var environment = ["PYTHONUNBUFFERED": "1"]
        environment["SSL_CERT_FILE"] = certificateFile
        return try await Program.run(
            python.path, [tests.appending(path: "Clients/\(script)").path, url, mode], environment: environment)
    }
}
