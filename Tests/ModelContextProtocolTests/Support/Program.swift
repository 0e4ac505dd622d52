import Foundation

/// A program run to its end, with what it printed.
enum Program {
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// - Returns: the lines of its output and its errors, mixed.
    /// - Throws: the same as text when it fails or takes too long.
    static func run(_ file: String, _ arguments: [String], environment: [String: String] = [:]) async throws -> [String]
    {
        let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(filePath: file)
        process.arguments = arguments
        process.environment = environment.merging(["NO_PROXY": "*"]) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try await self.run(process, limit: .seconds(45))
        let text = try String(contentsOf: output, encoding: .utf8)
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(file) \(arguments.joined(separator: " ")) failed:\n\(text)")
        }
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
        // A cancelled test does not wait for its program either.
        if process.isRunning {
            kill(identifier, SIGKILL)
            process.waitUntilExit()
        }
        watchdog.cancel()
    }
}
