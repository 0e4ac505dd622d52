import Foundation

/// A server started for the load and ended with it, on a port chosen beforehand.
final class ProgramProcess {
    struct Failed: Error, CustomStringConvertible { let description: String }

    private let process = Process()

    /// Starts the program and waits until its port takes connections.
    init(_ program: String, _ arguments: [String], port: Int) throws {
        self.process.executableURL = URL(filePath: program)
        self.process.arguments = arguments
        self.process.environment = ProcessInfo.processInfo.environment.merging(["LOG_LEVEL": "warning"]) { $1 }
        try self.process.run()
        for _ in 0..<200 {
            if LoopbackPort.isOpen(port) { return }
            guard self.process.isRunning else { break }
            usleep(50_000)
        }
        self.stop()
        throw Failed(description: "\(program) did not start to listen on port \(port)")
    }

    /// Ended with whoever gives up half way, too.
    deinit { self.stop() }

    var processID: Int32 { self.process.processIdentifier }

    func stop() {
        guard self.process.isRunning else { return }
        self.process.terminate()
        self.process.waitUntilExit()
    }
}
