import CodeSandbox
import Foundation
import Logging
import TestSupport
import Testing

/// What the kernel is really asked, as strace(1) sees it.
struct SystemCallTraceTests {
    /// What a run may ask, see `AllowedCall` in the guest program.
    private static let allowed: Set<String> = [
        "read", "write", "poll", "ppoll", "mmap", "mprotect", "munmap", "mremap", "brk", "madvise", "clock_gettime",
        "clock_nanosleep", "nanosleep", "gettimeofday", "restart_syscall", "futex", "getrandom", "sched_yield",
        "rt_sigreturn", "exit", "exit_group",
    ]
    /// What the zygote may ask besides, and a guest before its own filter stands.
    private static let allowedToZygote: Set<String> = [
        "clone", "kill", "seccomp", "prlimit64", "recvmsg", "wait4", "close", "close_range", "dup2", "getrlimit",
        "setrlimit", "getpid", "getppid", "gettid", "set_robust_list", "rseq", "rt_sigprocmask", "prctl",
    ]

    @Test("neither a run nor the zygote asks the kernel anything outside its list", .timeLimit(.minutes(1)))
    func trace() async throws {
        let folder = try TemporaryFolder()
        let trace = folder.path("trace")
        let program = folder.path("traced-guest")
        let script =
            "#!/bin/sh\nexec /usr/bin/env -i /usr/bin/strace -f -qq -o \(trace) \(GuestProgram.path)\n"
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let sandbox = Sandbox(
            configuration: SandboxConfiguration(), guestExecutable: program, files: testFiles,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await sandbox.start()
        let runs = [
            "import { getSales } from './tools/sales'; await getSales()", "throw new Error('x')",
            "console.log(Math.random())",
            "const rows = []; for (let i = 0; i < 1e5; i++) rows.push({ i }); JSON.stringify(rows).length",
            "await new Promise((resolve) => setTimeout(resolve, 20)); new Date().toString()",
            "/(a+)+$/.test('a'.repeat(18) + 'b')", "const f = () => f(); f()", "new Array(1e9).fill(1)",
        ]
        for code in runs { _ = await sandbox.run(code) }
        await sandbox.shutdown()

        let lines = try folder.read("trace").split(separator: "\n")
        var processes: [Substring: [String]] = [:]
        for line in lines {
            guard let (process, name) = Self.call(line) else { continue }
            processes[process, default: []].append(name)
        }
        // The zygote is who receives, its watch who went into namespaces without receiving; all others are guests.
        let zygotes = processes.values.filter { $0.contains("recvmsg") }
        let guests = processes.values.filter { !$0.contains("recvmsg") && !$0.contains("unshare") }
        let zygote = try #require(zygotes.first)
        #expect(zygotes.count == 1 && guests.count >= runs.count)
        #expect(zygote.contains("openat") && zygote.contains("clone"), "the trace shows the zygote making itself ready")
        #expect(Self.later(zygote).subtracting(Self.allowed).subtracting(Self.allowedToZygote) == [])
        for guest in guests {
            #expect(Set(guest).subtracting(Self.allowed).subtracting(Self.allowedToZygote) == [])
            #expect(Self.later(guest).subtracting(Self.allowed) == [])
        }
        #expect(guests.count { Self.later($0).isSuperset(of: ["read", "write"]) } >= runs.count)
    }

    /// What a process asked after its own filter stood.
    private static func later(_ calls: [String]) -> Set<String> {
        guard let last = calls.lastIndex(of: "seccomp") else { return [] }
        return Set(calls[(last + 1)...])
    }

    /// The process and the name of the call that a line of the trace begins; nil for other lines.
    private static func call(_ line: Substring) -> (process: Substring, name: String)? {
        guard let space = line.firstIndex(of: " ") else { return nil }
        let text = line[space...].drop { $0 == " " }
        guard let parenthesis = text.firstIndex(of: "("), text.first?.isLetter == true else { return nil }
        return (line[..<space], String(text[..<parenthesis]))
    }
}
