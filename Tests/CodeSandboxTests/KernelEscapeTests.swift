@testable import CodeSandbox
import Glibc
import TestSupport
import Testing

/// The attempts of native code in a guest, made by the program's own hook behind the same walls as a run.
struct KernelEscapeTests {
    /// What the hook printed, once for all files; every line begins with what came of the attempt.
    private static let report: [String] = {
        ((try? Shell.run(GuestProgram.path, "--self-test")) ?? "").split(separator: "\n").map(String.init)
    }()

    @Test("against the kernel", arguments: EscapeAttempt.names(of: "kernel"))
    func kernel(name: String) throws {
        let attempt = try EscapeAttempt(level: "kernel", name: name, keys: [])
        #expect(attempt.contained == [.value("\"held\"")])
        let names = attempt.body.split(separator: "\n").map(String.init)
        #expect(!names.isEmpty)
        for name in names {
            let lines = Self.report.filter { $0 == "held \(name)" || $0.hasPrefix("held \(name) ") }
            #expect(lines.count == 1, "\(attempt.tries): \(name) is not held")
        }
    }

    @Test func theFilesNameFortyAttemptsAndNoneTwice() throws {
        let names = try EscapeAttempt.names(of: "kernel").flatMap {
            try EscapeAttempt(level: "kernel", name: $0, keys: []).body.split(separator: "\n")
        }
        #expect(names.count >= 40)
        #expect(Set(names).count == names.count)
    }

    /// What the kernel itself says of a guest that runs, as far as it shows from outside.
    @Test func aRunningGuestCanNeitherForkNorBeReadNorReachItsParent() async throws {
        try await withSandbox { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            let pid = try await sandbox.runningProcessID()
            let status = try Shell.file("/proc/\(pid)/status")
            #expect(status.contains("Threads:\t1\n"))
            #expect(status.contains("Seccomp:\t2\n"))
            #expect(try Shell.file("/proc/\(pid)/task/\(pid)/children") == "")
            if getuid() == 0 {
                // What cannot be dumped belongs to root in /proc: another guest, of the same user, may not open it.
                var memory = stat()
                #expect(stat("/proc/\(pid)/mem", &memory) == 0)
                #expect(memory.st_uid == 0)
            }
            running.cancel()
            _ = await running.value
        }
    }
}
