import Foundation
import JSON
import TestSupport

/// The real program in a process of its own, with its log kept in a file.
final class RunningSidecar: Sendable {
    let process: ChildProcess
    private let folder: TemporaryFolder

    struct NotReady: Error, CustomStringConvertible { let description: String }

    /// Starts the program; it runs in a folder of its own.
    init(arguments: [String], environment: [String: String] = [:]) throws {
        self.folder = try TemporaryFolder()
        self.process = try ChildProcess(
            program: Project.sidecar, arguments: arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, folder: self.folder.path("."),
            output: self.folder.path("output"), errors: self.folder.path("log"))
    }

    /// Ends the program if the test has not; nothing outlives the object.
    deinit { self.process.send(SIGKILL) }

    var log: String { (try? self.folder.read("log")) ?? "" }
    var output: String { (try? self.folder.read("output")) ?? "" }

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
    func stop(_ signal: Int32 = SIGTERM) async -> Int32 {
        self.process.send(signal)
        return await self.process.exitCode(within: 20)
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
