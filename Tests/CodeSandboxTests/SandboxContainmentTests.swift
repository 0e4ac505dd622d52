@testable import CodeSandbox
import Glibc
import Logging
import NIOCore
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SandboxContainmentTests {
    @Test func everyWallStandsAndEveryForbiddenCallKillsTheProcessThatTriesIt() async throws {
        let lines = try Shell.run("/usr/bin/env", "-i", GuestProgram.path, "--self-test").split(separator: "\n")
        // Of the walls only those may be missing that the kernel or the absence of root rights makes impossible.
        let missing = lines.filter { $0.hasPrefix("wall ") && !$0.hasSuffix(" held") }
        #expect(
            missing.allSatisfy { $0.contains("-namespace missing ") || $0.hasPrefix("wall landlock missing error") })
        let rest = lines.filter { !$0.hasPrefix("wall ") && !$0.hasPrefix("can ") }
        #expect(rest.filter { !$0.hasPrefix("held ") && !$0.hasPrefix("zygote held ") } == [])
        #expect(lines.count { $0.hasPrefix("can ") } == 4)
        for name in ["openat", "socket", "execve", "fork", "clone3", "ptrace", "kill", "map executable memory"] {
            #expect(lines.contains { $0 == "held \(name)" })
        }
        for name in ["openat", "socket", "execve", "send another signal", "start a thread"] {
            #expect(lines.contains { $0 == "zygote held \(name)" })
        }
    }

    @Test func aGuestHasOneDescriptorNoEnvironmentAndNoRights() async throws {
        try await withSandbox { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            let pid = try await sandbox.runningProcessID()
            let status = try Shell.file("/proc/\(pid)/status")
            #expect(status.contains("NoNewPrivs:\t1"))
            #expect(status.contains("Seccomp:\t2"))
            #expect(status.contains("CapEff:\t0000000000000000"))
            #expect(status.contains("CapBnd:\t0000000000000000") || getuid() != 0)
            #expect(status.contains("Uid:\t65534\t65534\t65534\t65534") || getuid() != 0)
            let limits = try Shell.file("/proc/\(pid)/limits").split(separator: "\n").map {
                $0.split(separator: " ").joined(separator: " ")
            }
            for limit in ["Max processes 0 0", "Max open files 1 1", "Max file size 0 0", "Max core file size 0 0"] {
                #expect(limits.contains { $0.hasPrefix(limit) }, "\(limit)")
            }
            // A process that cannot be dumped is closed to other users; only root may look on.
            if getuid() == 0 {
                #expect(try Shell.names(in: "/proc/\(pid)/fd") == ["0"])
                #expect(try Shell.file("/proc/\(pid)/environ").isEmpty)
            }
            running.cancel()
            #expect(await running.value.failure?.code == .cancelled)
        }
    }

    @Test func pollutionDoesNotSurviveIntoTheNextRun() async throws {
        try await withSandbox({ $0.preparedGuests = 0 }) { sandbox in
            let polluted = await sandbox.run(
                """
                globalThis.leak = 1;
                const results = [];
                for (const attempt of [
                    () => { Object.prototype.leak = 1 }, () => { Array.prototype.map = null }, () => { JSON.stringify = null },
                    () => { globalThis.callAPI = null }, () => { console.log = null }, () => { Promise.prototype.then = null },
                    () => { Object.defineProperty(Object.prototype, 'x', { set() {} }) }, () => { Object.prototype.toString = 1 },
                    () => { (function* () {}).constructor.prototype.prototype.next = 1 }, () => { Error.prepareStackTrace = 1 },
                ]) { try { attempt(); results.push('done') } catch (e) { results.push(e.name) } }
                results
                """)
            #expect(polluted.value == "[" + Array(repeating: "\"TypeError\"", count: 10).joined(separator: ",") + "]")
            #expect(await sandbox.run("[typeof leak, ({}).leak === undefined]").value == #"["undefined",true]"#)
        }
    }

    @Test(
        "tricks with the engine do not get out of the script",
        arguments: [
            "({}).constructor.constructor('return typeof process + typeof require')()",
            "callAPI.constructor.constructor('return typeof native')()",
            "let seen; try { (() => { throw new Error() })() } catch (e) { seen = typeof e.getThis } seen",
            "Array.from({ then(resolve) { resolve('thenable') } }).length",
            "Object.getOwnPropertyNames(globalThis).filter((n) => n.startsWith('native') || n === 'std' || n === 'os').length",
            "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); try { JSON.stringify(proxy) } catch (e) { e.name }",
        ])
    func engineTricks(code: String) async throws {
        try await withSandbox { sandbox in
            let run = await sandbox.run(code)
            #expect(run.failure?.code != .guestLost)
            #expect(run.value.map { !$0.contains("function") && !$0.contains("object") } ?? true, "\(run.value ?? "")")
        }
    }

    @Test func aGuestKilledInTheMiddleOfACallIsReportedAndTheNextRunWorks() async throws {
        try await withSandbox { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("console.log('here'); await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            kill(try await sandbox.runningProcessID(), SIGKILL)
            let run = await running.value
            #expect(run.failure?.code == .guestLost)
            #expect(run.failure?.message.contains("signal 9") == true)
            #expect(run.console == ["log: here"])
            for await _ in host.cancelled { break }
            #expect(await sandbox.run("1").value == "1")
        }
    }

    @Test func aZygoteThatDiesIsReplacedAndQueuedRunsContinue() async throws {
        try await withSandbox({ $0.concurrentRuns = 1 }) { sandbox in
            for round in 1...3 {
                let host = HeldHost()
                let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
                for await _ in host.arrived { break }
                let queued = Task { await sandbox.run("\(round) + 1") }
                let zygote = try #require(sandbox.zygoteProcessID)
                kill(zygote, SIGKILL)
                let failure = try #require(await running.value.failure)
                #expect(failure.code == .guestLost)
                #expect(failure.message.contains("restarted"))
                #expect(await queued.value.value == "\(round + 1)")
                #expect(sandbox.zygoteProcessID != zygote)
            }
        }
    }

    @Test func aRunThatHadAskedNothingBeginsAgainWhenTheZygoteDies() async throws {
        try await withSandbox { sandbox in
            let runs = Task {
                await withTaskGroup { group in
                    for index in 0..<8 {
                        group.addTask {
                            await sandbox.run("await new Promise((r) => setTimeout(r, 100)); \(index)").value
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            await eventually { sandbox.runningProcessIDs.count >= 8 }
            kill(try #require(sandbox.zygoteProcessID), SIGKILL)
            #expect(await runs.value.compactMap(\.self).sorted() == (0..<8).map(String.init))
        }
    }

    @Test func cancellingARunKillsItsGuestAndItsCalls() async throws {
        try await withSandbox({ $0.concurrentRuns = 1 }) { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            let queued = Task { await sandbox.run("2") }
            let cancelledInQueue = Task { await sandbox.run("3") }
            cancelledInQueue.cancel()
            #expect(await cancelledInQueue.value.failure?.code == .cancelled)
            running.cancel()
            #expect(await running.value.failure?.code == .cancelled)
            for await _ in host.cancelled { break }
            #expect(await queued.value.value == "2")
        }
    }

    @Test func tooManyRunsAreRefusedAsBusy() async throws {
        let configure = { (configuration: inout SandboxConfiguration) in
            configuration.concurrentRuns = 1
            configuration.waitingRuns = 1
            configuration.queueTimeout = .milliseconds(150)
        }
        try await withSandbox(configure) { sandbox in
            let host = HeldHost()
            let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
            for await _ in host.arrived { break }
            async let waiting = sandbox.run("1")
            async let alsoWaiting = sandbox.run("2")
            let codes = await [waiting.failure?.code, alsoWaiting.failure?.code]
            #expect(codes == [.busy, .busy])
            running.cancel()
            _ = await running.value
            #expect(await sandbox.run("4").value == "4")
        }
    }

    @Test func twentyRunsAtOnceKeepTheirResultsApart() async throws {
        try await withSandbox({ $0.concurrentRuns = 20 }) { sandbox in
            let host = RendezvousHost(count: 20)
            let values = await withTaskGroup { group in
                for index in 0..<20 {
                    group.addTask {
                        let run = await sandbox.run(
                            "await callAPI('together'); console.log(\(index)); \(index)", host: host)
                        return (run.value, run.console, index)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(values.count == 20)
            for (value, console, index) in values {
                #expect(value == "\(index)")
                #expect(console == ["log: \(index)"])
            }
        }
    }

    @Test func aProgramThatIsNoGuestIsRefusedWithAReason() async throws {
        for path in ["/nonexistent/sandbox-guest", "/bin/true"] {
            let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            let sandbox = Sandbox(
                configuration: SandboxConfiguration(), guestExecutable: path, files: [], logger: logger)
            let error = await #expect(throws: SandboxError.self) { try await sandbox.start() }
            #expect(error.map { "\($0)".contains("sandbox") } == true)
            await sandbox.shutdown()
        }
    }

    @Test func nothingRunsAfterShutdown() async throws {
        let (sandbox, pid) = try await withSandbox { ($0, $0.zygoteProcessID) }
        #expect(await sandbox.run("1").failure?.code == .cancelled)
        #expect(kill(try #require(pid), 0) == -1)
    }
}
