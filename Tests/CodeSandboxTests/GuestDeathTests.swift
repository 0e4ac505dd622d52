@testable import CodeSandbox
import Glibc
import TestSupport
import Testing

/// Guests, and the host's own means, that vanish at the worst moment.
struct GuestDeathTests {
    @Test("a guest that crashes is reported with its signal", arguments: [SIGSEGV, SIGILL, SIGBUS, SIGABRT, SIGTRAP])
    func crash(signal: Int32) async throws {
        try await withSandbox { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            kill(try await sandbox.runningProcessID(), signal)
            let failure = try #require(await running.value.failure)
            #expect(failure.code == .guestLost)
            #expect(failure.message.contains("(signal \(signal))"), "\(failure.message)")
            #expect(await sandbox.run("1").value == "1")
        }
    }

    /// The moments are spread over the whole life of a guest, from its fork to its result.
    @Test func fiftyGuestsKilledAtAnyInstantEachLeaveAPreciseFailureAndNothingElse() async {
        await #expect(processExitsWith: .success) {
            try await withSandbox { sandbox in
                _ = await sandbox.run("1")
                await eventually { sandbox.isSettled }
                let zygote = try #require(sandbox.zygoteProcessID)
                let before = try Holdings(zygote: zygote)
                var lost = 0
                for round in 0..<50 {
                    let code = "for (let i = 0; i < 40; i++) { await callAPI('x', { i }); console.log(i); } 'whole'"
                    let running = Task { await sandbox.run(code) }
                    usleep(UInt32(round * 331 % 9000))
                    for guest in sandbox.guestProcesses { kill(guest, SIGKILL) }
                    let run = await running.value
                    if let failure = run.failure {
                        lost += 1
                        #expect(failure.code == .guestLost, "\(failure.message)")
                        #expect(failure.message.contains("signal 9"), "\(failure.message)")
                        #expect(run.console == (0..<run.console.count).map { "log: \($0)" })
                    } else {
                        #expect(run.value == "\"whole\"")
                    }
                }
                #expect(lost > 0)
                // The last of the killed may have been forked ahead, which the host hears of a moment later.
                await eventually { await sandbox.run("1").value == "1" }
                #expect(await sandbox.run("'after'").value == "\"after\"")
                #expect(sandbox.zygoteProcessID == zygote)
                await eventually { sandbox.isSettled }
                try await eventually { try Holdings(zygote: zygote) == before }
                #expect(try Holdings(zygote: zygote) == before)
            }
        }
    }

    @Test func aZygoteKilledThreeTimesLosesNoRunThatWaits() async throws {
        try await withSandbox({ $0.concurrentRuns = 2 }) { sandbox in
            let runs = Task {
                await withTaskGroup { group in
                    for index in 0..<30 {
                        group.addTask {
                            await sandbox.run("await new Promise((r) => setTimeout(r, 30)); \(index)").shortly
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            for _ in 0..<3 {
                await eventually { sandbox.runningProcessIDs.count == 2 }
                let zygote = try #require(sandbox.zygoteProcessID)
                kill(zygote, SIGKILL)
                await eventually { sandbox.zygoteProcessID.map { $0 != zygote } ?? false }
            }
            // A run begins again once by itself; what was hit twice says so, what waited is untouched.
            let ended = await runs.value
            let whole = ended.filter { Int($0) != nil }
            #expect(whole.count >= 24)
            for other in ended where Int(other) == nil { #expect(other.contains("restarted"), "\(other)") }
            #expect(await sandbox.run("1").value == "1")
        }
    }

    /// As another user than root, for whom the kernel counts processes.
    @Test func withoutProcessesRunsAreBusyUntilThereAreSomeAgain() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let program = folder.path("sandbox-guest")
            _ = try Shell.run("/bin/cp", GuestProgram.path, program)
            if getuid() == 0 {
                chmod(folder.path("."), 0o755)
                chmod(program, 0o755)
                // No other process on this machine belongs to this user.
                #expect(setgid(54_321) == 0 && setuid(54_321) == 0)
            }
            try await withSandbox(executable: program, { $0.preparedGuests = 0 }) { sandbox in
                #expect(await sandbox.run("1").value == "1")
                await eventually { sandbox.isSettled }
                let zygote = try #require(sandbox.zygoteProcessID)
                let forking = try #require(sandbox.forkingProcess)
                try Shell.limitProcesses(of: forking, to: 1)
                for _ in 0..<3 {
                    let failure = try #require(await sandbox.run("2").failure)
                    #expect(failure.code == .busy)
                    #expect(failure.message.contains("error \(EAGAIN)"), "\(failure.message)")
                }
                try Shell.limitProcesses(of: forking, to: 10_000)
                #expect(await sandbox.run("3").value == "3")
                #expect(sandbox.zygoteProcessID == zygote)
            }
        }
    }
}

extension Sandbox {
    /// Where the kernel grants a namespace of processes, the program that was started only waits for the zygote.
    private var namespaced: (zygote: Int32?, others: Set<Int32>) {
        guard let started = self.zygoteProcessID else { return (nil, []) }
        let descendants = ProcessFacts(started).descendants
        let zygote = descendants.first { pid in
            let status = (try? Shell.file("/proc/\(pid)/status")) ?? ""
            return status.split(separator: "\n").contains { $0.hasPrefix("NSpid:") && $0.hasSuffix("\t1") }
        }
        return (zygote, descendants.filter { $0 != zygote })
    }

    /// The processes, by the host's numbers, that wait for a script or run one.
    fileprivate var guestProcesses: Set<Int32> { self.namespaced.others }

    /// The process that forks guests.
    fileprivate var forkingProcess: Int32? { self.namespaced.zygote ?? self.zygoteProcessID }
}

extension Shell {
    /// Lowers, or raises again, how many processes the user of `pid` may have before it forks another.
    fileprivate static func limitProcesses(of pid: Int32, to count: Int) throws {
        _ = try Self.run("/usr/bin/prlimit", "--pid", "\(pid)", "--nproc=\(count):")
    }
}
