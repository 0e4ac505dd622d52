import Foundation

/// A program run to its end, with what it printed.
package struct Command: Sendable {
    /// The exit code, or minus the signal that ended it.
    package let status: Int32
    package let output: String
    package let errors: String

    package struct TimedOut: Error { package let program: String, errors: String }

    /// Runs `program`, a path or a name on the search path.
    ///
    /// - Throws: ``TimedOut`` when it does not end within `seconds`; it has been killed then.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String = "",
        seconds: Double = 30
    ) async throws -> Command {
        let folder = try TemporaryFolder()
        let files = (output: folder.path("out"), errors: folder.path("err"))
        let process = try ChildProcess(
            program: program, arguments: arguments,
            environment: ProcessInfo.processInfo.environment.merging(["NO_PROXY": "*"]) { $1 }.merging(environment) {
                $1
            },
            input: try folder.write("in", input), output: files.output, errors: files.errors)
        let status = await process.exitCode(within: seconds)
        func text(_ file: String) -> String {
            String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        }
        if status == -SIGKILL { throw TimedOut(program: program, errors: text(files.errors)) }
        return Command(status: status, output: text(files.output), errors: text(files.errors))
    }
}
