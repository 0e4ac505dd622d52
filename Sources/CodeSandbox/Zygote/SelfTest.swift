import Glibc
import NIOCore
import NIOPosix

/// Asks the guest program what its walls are worth on this host.
enum SelfTest {
    private static let deadline: TimeAmount = .seconds(20)

    /// - Throws: ``SandboxError`` when the program cannot be started or does not report.
    static func run(executable: String) async throws -> WallReport {
        let pair = try SocketPair()
        let process = try SpawnedProcess(executable: executable, argument: "--self-test", channel: pair.theirs, as: 1)
        pair.theirs.close()
        let output = pair.ours
        let overdue = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: Self.deadline) { process.kill() }
        let number = output.release()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let text = try await NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            defer { process.wait() }
            return String(decoding: Descriptor(owning: number).readToEnd(), as: UTF8.self)
        }.get()
        overdue.cancel()
        return try WallReport(selfTest: text)
    }
}
