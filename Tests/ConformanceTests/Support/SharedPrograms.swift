import Glibc
import JSON
import Synchronization
import TestSupport

/// Programs that all tests of this bundle share; they end when it does.
enum SharedPrograms {
    static let everything = Task {
        let program = try RunningProgram(
            Project.program("mcp-everything"), arguments: ["--port", "0", "--plain-http"])
        SharedPrograms.endAtExit(program.process.processID)
        let ready = try JSONValue(parsing: try await program.awaitFirstLine())
        return try Server(program: program, url: ready["url"]?.stringValue ?? "")
    }

    static let product = Task {
        let demo = try await Demo.start(["--plain-http"])
        SharedPrograms.endAtExit(demo.sidecar.process.processID)
        return try Server(program: demo.sidecar, url: demo.url)
    }

    private static let running = Mutex<[pid_t]>([])

    private static func endAtExit(_ process: pid_t) {
        let isFirst = self.running.withLock { running in
            running.append(process)
            return running.count == 1
        }
        if isFirst { atexit { SharedPrograms.running.withLock { $0.forEach { kill($0, SIGTERM) } } } }
    }
}
