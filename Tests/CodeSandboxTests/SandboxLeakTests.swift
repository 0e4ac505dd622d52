@testable import CodeSandbox
import Glibc
import TestSupport
import Testing

/// Each test has a process of its own, so that what it counts is its alone.
struct SandboxLeakTests {
    @Test func twoHundredRunsLeaveNoDescriptorAndNoProcess() async {
        await #expect(processExitsWith: .success) {
            try await withSandbox { sandbox in
                _ = await sandbox.run("1")
                await sandbox.settle()
                let zygote = try #require(sandbox.zygoteProcessID)
                let before = try Holdings(zygote: zygote)
                for round in 0..<25 {
                    await withTaskGroup { group in
                        for index in 0..<8 {
                            let code = index == 7 ? "throw 1" : "await callAPI('x'); \(index)"
                            group.addTask { _ = await sandbox.run(code) }
                        }
                    }
                    _ = round
                }
                await sandbox.settle()
                // The event loop closes the last channels, and the zygote reaps the last guests, a moment later.
                try await eventually { try Holdings(zygote: zygote) == before }
                #expect(try Holdings(zygote: zygote) == before)
            }
            let own = getpid()
            #expect(try Shell.file("/proc/\(own)/task/\(own)/children") == "")
        }
    }

    @Test func withoutDescriptorsRunsAreBusyUntilThereAreSomeAgain() async {
        await #expect(processExitsWith: .success) {
            try await withSandbox({ $0.preparedGuests = 0 }) { sandbox in
                #expect(await sandbox.run("1").value == "1")
                await sandbox.settle()
                var taken: [Int32] = []
                while true {
                    let descriptor = dup(0)
                    guard descriptor >= 0 else { break }
                    taken.append(descriptor)
                }
                #expect(await sandbox.run("2").failure?.code == .busy)
                for descriptor in taken { close(descriptor) }
                #expect(await sandbox.run("3").value == "3")
            }
        }
    }

    @Test func aHostThatDiesTakesEveryGuestWithIt() async throws {
        // The child below ends without a word, as a crash would; what it started must not outlive it.
        let result = await #expect(processExitsWith: .exitCode(3), observing: [\.standardOutputContent]) {
            try await withSandbox { sandbox in
                let host = HeldHost()
                let running = Task { await sandbox.run("await callAPI('wait')", host: host) }
                for await _ in host.arrived { break }
                let pid = try await sandbox.runningProcessID()
                print("pids \(sandbox.zygoteProcessID ?? 0) \(pid)")
                fflush(nil)
                if !running.isCancelled { _exit(3) }
            }
        }
        let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        let line = try #require(output.split(separator: "\n").last { $0.hasPrefix("pids ") })
        for pid in line.split(separator: " ").dropFirst().compactMap({ Int32($0) }) {
            try await eventually { try !Shell.isRunning(pid) }
            #expect(try !Shell.isRunning(pid))
        }
    }
}

extension Sandbox {
    /// Waits until every guest of a finished run is gone and the prepared ones are there.
    fileprivate func settle() async {
        await eventually { self.isSettled }
    }
}
