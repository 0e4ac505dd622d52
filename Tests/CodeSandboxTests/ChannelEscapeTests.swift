@testable import CodeSandbox
import Glibc
import Logging
import NIOCore
import TestSupport
import Testing

/// The attempts of a guest that runs foreign native code and says on its channel whatever it likes.
struct ChannelEscapeTests {
    @Test("on the channel", arguments: EscapeAttempt.names(of: "channel"))
    func channel(name: String) async throws {
        let attempt = try EscapeAttempt(
            level: "channel", name: name, keys: EscapeAttempt.limitKeys.union(["sees", "console", "zygote"]))
        let folder = try TemporaryFolder()
        var configuration = SandboxConfiguration()
        try attempt.limit(&configuration)
        let sandbox = Sandbox(
            configuration: configuration, guestExecutable: Project.program("hostile-guest"),
            files: [
                VirtualFile(path: "attempt", text: attempt.body),
                VirtualFile(path: "marker", text: folder.path("marker")),
            ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await sandbox.start()
        let zygote = sandbox.zygoteProcessID
        let before = try Holdings()
        let host = AttemptHost(attempt)
        let run = await sandbox.run("attack", host: host)
        #expect(attempt.isContained(run), "\(attempt.tries) → \(run.shortly)")
        if let sees = attempt.settings["sees"] { #expect(host.calls == sees) }
        if let console = attempt.settings["console"] { #expect(run.console.joined(separator: " ") == console) }
        let next = await sandbox.run("healthy")
        #expect(next.value == "\"healthy\"", "after \(name): \(next.shortly)")
        if attempt.settings["zygote"] == "dies" {
            #expect(sandbox.zygoteProcessID != zygote)
        } else {
            #expect(sandbox.zygoteProcessID == zygote, "the zygote died")
        }
        await eventually { sandbox.isSettled }
        #expect(sandbox.isSettled)
        try await eventually { try Holdings().descriptors <= before.descriptors }
        let after = try Holdings()
        #expect(after.descriptors <= before.descriptors)
        #expect(after.residentBytes < before.residentBytes + 128 << 20)
        await sandbox.shutdown()
    }

    /// What this process holds.
    private struct Holdings {
        let descriptors: Int
        let residentBytes: Int

        init() throws {
            self.descriptors = try Shell.names(in: "/proc/self/fd").count
            let pages = try Shell.file("/proc/self/statm").split(separator: " ")
            self.residentBytes = (Int(pages[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
    }
}
