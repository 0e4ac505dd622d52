import Foundation
import JSON

/// The real program in a process of its own, with its log kept in a file.
final class RunningSidecar {
    let process = Process()
    private let folder: URL
    private let logFile: URL
    private let outputFile: URL

    struct NotReady: Error, CustomStringConvertible { let description: String }

    /// Starts the program; `demo` and `serve` add what they need.
    init(arguments: [String], environment: [String: String] = [:]) throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "sidecar-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.logFile = self.folder.appending(path: "log")
        self.outputFile = self.folder.appending(path: "output")
        try Data().write(to: self.logFile)
        try Data().write(to: self.outputFile)
        self.process.executableURL = URL(filePath: Project.sidecar)
        self.process.arguments = arguments
        self.process.currentDirectoryURL = self.folder
        self.process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        self.process.standardOutput = try FileHandle(forWritingTo: self.outputFile)
        self.process.standardError = try FileHandle(forWritingTo: self.logFile)
        try self.process.run()
    }

    /// Ends the program if the test has not; nothing outlives the object.
    deinit {
        if self.process.isRunning { kill(self.process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: self.folder)
    }

    var log: String { (try? String(contentsOf: self.logFile, encoding: .utf8)) ?? "" }
    var output: String { (try? String(contentsOf: self.outputFile, encoding: .utf8)) ?? "" }

    /// Waits until `text` gives something for what the program has printed.
    func awaitOutput<Value>(seconds: Double = 20, _ text: (String, String) -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if let value = text(self.output, self.log) { return value }
            guard self.process.isRunning else { break }
            await Pause.short()
        }
        throw NotReady(description: "output: \(self.output)\nlog: \(self.log)")
    }

    /// Sends a signal and waits for the end; returns the exit code.
    func stop(_ signal: Int32 = SIGTERM) async throws -> Int32 {
        kill(self.process.processIdentifier, signal)
        return try await self.awaitExit()
    }

    func awaitExit(seconds: Double = 20) async throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while self.process.isRunning {
            guard ContinuousClock.now < deadline else { throw NotReady(description: "still running\n\(self.log)") }
            await Pause.short()
        }
        return self.process.terminationReason == .exit
            ? self.process.terminationStatus : -self.process.terminationStatus
    }
}

/// A pause between two looks at another process, which no event announces.
enum Pause {
    static func short() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.02) { continuation.resume() }
        }
    }
}

/// What `demo --json` announces.
struct Demo {
    let sidecar: RunningSidecar
    let url: String
    let api: String
    let certificate: String
    let email: String
    let password: String

    /// Starts a demo on a free port and waits until it is ready.
    static func start(_ arguments: [String] = [], environment: [String: String] = [:]) async throws -> Demo {
        let defaults = ["CODE_EXECUTION_RATE_LIMIT": "10000", "LOG_LEVEL": "trace"]
        let sidecar = try RunningSidecar(
            arguments: ["demo", "--port", "0", "--json"] + arguments,
            environment: defaults.merging(environment) { $1 })
        let line = try await sidecar.awaitOutput { output, _ in
            output.contains("\n") ? String(output.prefix { $0 != "\n" }) : nil
        }
        let ready = try JSONValue(parsing: line)
        let admin = ready["accounts"]?.arrayValue?.first { $0["role"]?.stringValue == "admin" }
        return Demo(
            sidecar: sidecar, url: ready["url"]?.stringValue ?? "", api: ready["api"]?.stringValue ?? "",
            certificate: ready["certificate"]?.stringValue ?? "", email: admin?["email"]?.stringValue ?? "",
            password: admin?["password"]?.stringValue ?? "")
    }
}
