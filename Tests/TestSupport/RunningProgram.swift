import Foundation

/// A real program in a process of its own, with its output and log kept in files.
package final class RunningProgram: Sendable {
    package let process: ChildProcess
    private let folder: TemporaryFolder

    package struct NotReady: Error, CustomStringConvertible {
        package let description: String
        package init(description: String) { self.description = description }
    }

    /// Starts `program`; it runs in a folder of its own.
    package init(_ program: String, arguments: [String], environment: [String: String] = [:]) throws {
        self.folder = try TemporaryFolder()
        self.process = try ChildProcess(
            program: program, arguments: arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, folder: self.folder.path("."),
            output: self.folder.path("output"), errors: self.folder.path("log"))
    }

    /// Ends the program if the test has not; nothing outlives the object.
    deinit { self.process.send(SIGKILL) }

    /// Ends the program without waiting for it, for the end of the process that started it.
    package func abandon() {
        self.process.send(SIGTERM)
        self.folder.remove()
    }

    package var log: String { (try? self.folder.read("log")) ?? "" }
    package var output: String { (try? self.folder.read("output")) ?? "" }

    /// Waits until `text` gives something for what the program has printed.
    package func awaitOutput<Value>(seconds: Double = 20, _ text: (String, String) -> Value?) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if let value = text(self.output, self.log) { return value }
            guard self.process.isRunning else { break }
            await Pause.short()
        }
        throw NotReady(description: "output: \(self.output)\nlog: \(self.log)")
    }

    /// Waits for the line with which the program says that it is ready.
    package func awaitFirstLine() async throws -> String {
        try await self.awaitOutput { output, _ in
            output.contains("\n") ? String(output.prefix { $0 != "\n" }) : nil
        }
    }

    /// Sends a signal and waits for the end; returns the exit code.
    package func stop(_ signal: Int32 = SIGTERM) async -> Int32 {
        self.process.send(signal)
        return await self.process.exitCode(within: 20)
    }
}
