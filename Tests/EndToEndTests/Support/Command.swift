import Foundation

/// A program run to its end, or to its deadline.
struct Command {
    var status: Int32
    var output: String
    var errors: String

    struct TimedOut: Error { let program: String }

    /// Runs `program` and returns what it printed.
    ///
    /// - Throws: ``TimedOut`` when it does not end within `seconds`; it has been killed then.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Data? = nil,
        seconds: Double = 30
    ) async throws -> Command {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ data: Data = Data()) throws -> URL {
            let url = folder.appending(path: name)
            try data.write(to: url)
            return url
        }
        let outputFile = try file("output")
        let errorsFile = try file("errors")
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: file("input", input ?? Data()))
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorsFile)
        try await process.runToEnd(seconds: seconds)
        return Command(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorsFile), as: UTF8.self))
    }
}

extension Process {
    /// Starts the program and waits for its end; kills it at the deadline.
    fileprivate func runToEnd(seconds: Double) async throws {
        let deadline = DispatchWorkItem { [weak self] in
            if let self, self.isRunning { kill(self.processIdentifier, SIGKILL) }
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            self.terminationHandler = { _ in continuation.resume() }
            do { try self.run() } catch { continuation.resume(throwing: error) }
            DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: deadline)
        }
        deadline.cancel()
        if self.terminationReason == .uncaughtSignal, self.terminationStatus == SIGKILL {
            throw Command.TimedOut(program: self.executableURL?.lastPathComponent ?? "")
        }
    }
}

/// Where things are.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The built programs stand beside the test bundle.
    static func program(_ name: String) -> String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
            .path()
    }

    static let sidecar = Project.program("bitetrack-sidecar")
    /// Made by `scripts/setup.sh --tests`.
    static let python = Project.root.appending(path: ".venv/bin/python").path()

    static func client(_ name: String) -> String {
        Project.root.appending(path: "Tests/EndToEndTests/Clients").appending(path: name).path()
    }
}
