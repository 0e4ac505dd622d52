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
            level: "channel", name: name,
            keys: EscapeAttempt.limitKeys.union(["sees", "console", "zygote", "reply", "prepared"]))
        let folder = try TemporaryFolder()
        var configuration = SandboxConfiguration()
        try attempt.limit(&configuration)
        let isPrepared = attempt.settings["prepared"] != nil
        configuration.preparedGuests = isPrepared ? 1 : 0
        let sandbox = Sandbox(
            configuration: configuration, guestExecutable: Project.program("hostile-guest"),
            files: [
                VirtualFile(path: "attempt", text: attempt.body),
                VirtualFile(path: "marker", text: folder.path("marker")),
            ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await sandbox.start()
        let zygote = sandbox.zygoteProcessID
        if isPrepared {
            // The guest that was forked ahead does its worst before there is a run, and dies of it or waits.
            await eventually { sandbox.isSettled }
            if attempt.settings["prepared"] == "dies" {
                await eventually { !sandbox.isSettled }
                #expect(!sandbox.isSettled)
            } else {
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        // Opens what timers need in this process, which must not count.
        try await Task.sleep(for: .milliseconds(1))
        let before = try OwnHoldings()
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
        // The guest that died early has been replaced, and the runtime may have opened something of its own once.
        let allowed = before.descriptors + configuration.preparedGuests + 1
        try await eventually { try OwnHoldings().descriptors <= allowed }
        let after = try OwnHoldings()
        #expect(after.descriptors <= allowed, "\(after.open) after \(before.open)")
        #expect(after.residentBytes < before.residentBytes + 128 << 20)
        await sandbox.shutdown()
    }

    /// What this process holds.
    private struct OwnHoldings {
        /// What is behind each descriptor.
        let open: [String]
        let residentBytes: Int
        var descriptors: Int { self.open.count }

        init() throws {
            self.open = try Shell.names(in: "/proc/self/fd").map { "\($0) \(Shell.target(of: "/proc/self/fd/\($0)"))" }
            let pages = try Shell.file("/proc/self/statm").split(separator: " ")
            self.residentBytes = (Int(pages[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
    }
}
