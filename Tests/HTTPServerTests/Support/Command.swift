import Foundation
import NIOCore
import NIOPosix

/// A program run to its end, with what it printed.
struct Command: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `program` from the search path; kills it after 20 seconds.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> Command {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let files = ["in", "out", "err"].map { folder.path($0) }
        try input.write(toFile: files[0], atomically: false, encoding: .utf8)
        for file in files.dropFirst() { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        process.standardError = FileHandle(forWritingAtPath: files[2])
        let ended = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Int32.self)
        process.terminationHandler = { ended.succeed($0.terminationStatus) }
        try process.run()
        let identifier = process.processIdentifier
        let timeout = ended.futureResult.eventLoop.scheduleTask(in: .seconds(20)) { kill(identifier, SIGKILL) }
        defer { timeout.cancel() }
        let status = try await ended.futureResult.get()
        let texts = files.dropFirst().map {
            String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
        }
        return Command(status: status, output: texts[0], errors: texts[1])
    }
}

/// A folder that disappears with its last user.
final class TemporaryFolder: Sendable {
    private let root: String

    init() throws {
        self.root = NSTemporaryDirectory() + "/http-server-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: self.root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.root) }

    func path(_ name: String) -> String { self.root + "/" + name }

    func write(_ name: String, _ contents: String) throws -> String {
        try contents.write(toFile: self.path(name), atomically: true, encoding: .utf8)
        return self.path(name)
    }

    func write(_ name: String, zeros count: Int) throws -> String {
        try Data(count: count).write(to: URL(fileURLWithPath: self.path(name)))
        return self.path(name)
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: self.path(name), encoding: .utf8) }

    func permissions(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: self.path(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }
}
