import Foundation
import JSON

/// The real program, started in demo mode for the load and ended with it.
final class SidecarProcess {
    let url: String
    /// Where the demo API itself is, prefix included.
    let api: String
    /// PEM file to trust; nil without TLS.
    let certificate: String?
    let account: (email: String, password: String)
    private let process: Process

    struct Failed: Error, CustomStringConvertible { let description: String }

    /// Starts `bitetrack-sidecar demo` beside this program, with limits that do not limit the load.
    ///
    /// - Parameters:
    ///   - usesTLS: false serves plain HTTP.
    ///   - configuration: TOML for `--config`.
    init(usesTLS: Bool = true, configuration: String = "") throws {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let program = own.appending(path: "bitetrack-sidecar")
        guard FileManager.default.isExecutableFile(atPath: program.path()) else {
            throw Failed(
                description: "\(program.path()) is missing: swift build -c release --product bitetrack-sidecar")
        }
        let state = FileManager.default.temporaryDirectory.appending(path: "bitetrack-bench-state")
        let file = FileManager.default.temporaryDirectory.appending(path: "bitetrack-bench-\(getpid()).conf")
        try Data(configuration.utf8).write(to: file)
        // Read before the announcement.
        defer { try? FileManager.default.removeItem(at: file) }
        let output = Pipe()
        self.process = Process()
        self.process.executableURL = program
        self.process.arguments =
            [
                "demo", "--port", "0", "--json", "--state-folder", state.path(), "--upstream-rate-limit", "1000000",
                "--config", file.path(),
            ] + (usesTLS ? [] : ["--plain-http"])
        self.process.environment = ProcessInfo.processInfo.environment.merging([
            "CODE_EXECUTION_RATE_LIMIT": "1000000", "LOG_LEVEL": "warning",
        ]) { $1 }
        self.process.standardOutput = output
        try self.process.run()
        var line = Data()
        while !line.contains(UInt8(ascii: "\n")) {
            let chunk = output.fileHandleForReading.availableData
            guard !chunk.isEmpty else { throw Failed(description: "the sidecar ended before it was ready") }
            line.append(chunk)
        }
        let ready = try JSONValue(parsing: Array(line.prefix { $0 != UInt8(ascii: "\n") }))
        let accounts = ready["accounts"]?.arrayValue ?? []
        guard let url = ready["url"]?.stringValue,
            let account = accounts.first(where: { $0["role"]?.stringValue == "admin" }),
            let email = account["email"]?.stringValue, let password = account["password"]?.stringValue
        else { throw Failed(description: "the sidecar's announcement lacks members: \(ready.text)") }
        self.url = url
        self.api = ready["api"]?.stringValue ?? ""
        self.certificate = ready["certificate"]?.stringValue
        self.account = (email, password)
    }

    var processID: Int32 { self.process.processIdentifier }

    /// Resident memory in kilobytes.
    var residentKilobytes: Int? { ProcessFacts(self.processID).residentKilobytes }

    /// Processor time used so far, its children's left out.
    var processorTime: Duration? {
        let stat = try? String(contentsOfFile: "/proc/\(self.process.processIdentifier)/stat", encoding: .utf8)
        // proc_pid_stat(5): the name in parentheses may hold spaces; utime and stime are fields 14 and 15.
        guard let fields = stat?.split(separator: ")").last?.split(separator: " "), fields.count > 12,
            let user = Int(fields[11]), let system = Int(fields[12])
        else { return nil }
        return .milliseconds((user + system) * 1000 / sysconf(CInt(_SC_CLK_TCK)))
    }

    func stop() {
        self.process.terminate()
        self.process.waitUntilExit()
    }
}
