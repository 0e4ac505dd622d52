@testable import CodeSandbox
import Glibc
import NIOCore
import Testing

struct SandboxLimitTests {
    /// A short time limit on a busy machine: the guest gets the time to say where it was.
    private func patient(_ timeout: Duration) -> (inout SandboxConfiguration) -> Void {
        { configuration in
            configuration.timeout = timeout
            configuration.killGrace = .seconds(20)
        }
    }

    @Test(
        "a script that does not end is stopped at its time limit, with its line",
        arguments: [
            ("let n = 0;\nwhile (true) { Math.max(n, 1) }", 2),
            // The engine notes places at calls; between two of them, and between two jobs, it may know none.
            ("let n = 0;\nwhile (true) { await null; n++ }", nil),
            ("/(a+)+$/.test('a'.repeat(40) + 'b')", 1),
            ("try { for (;;); } catch { 1 } finally { for (;;); }", 1),
            ("const f = () => Promise.resolve().then(f);\nawait f()", 1),
        ])
    func timeout(code: String, line: Int?) async throws {
        try await withSandbox(self.patient(.milliseconds(300))) { sandbox in
            let run = await sandbox.run("console.log('before');" + code)
            let failure = try #require(run.failure)
            #expect(failure.code == .timeout)
            #expect(failure.message.contains("; 300 ms are allowed. Look for an endless loop"))
            #expect(failure.message.hasPrefix("The script ran for 3"))
            #expect(line == nil || failure.message.contains(" ms at line \(line!);"))
            #expect(line == nil || failure.line == line)
            #expect(run.console == ["log: before"])
            #expect(run.usage.duration >= .milliseconds(300))
        }
    }

    @Test func waitingPastTheTimeLimitSaysForWhat() async throws {
        try await withSandbox(self.patient(.seconds(1))) { sandbox in
            let host = HeldHost()
            let run = await sandbox.run("await callAPI('slow')", host: host)
            let failure = try #require(run.failure)
            #expect(failure.code == .timeout)
            try #require(run.usage.hostCalls == 1)
            #expect(failure.message.contains("waiting for 1 API call"))
            // The call itself is cancelled, not forgotten.
            for await _ in host.cancelled { break }
            let timer = try #require(await sandbox.run("await new Promise((r) => setTimeout(r, 60000))").failure)
            #expect(timer.message.contains("waiting for a timer"))
        }
    }

    /// Loose in its times, because machines are busy; what counts is that the kill comes from outside.
    @Test func aScriptThatCannotBeInterruptedIsKilled() async throws {
        try await withSandbox({ $0.timeout = .seconds(2) }) { sandbox in
            let code = "const a = 'x'.repeat(1 << 26); for (;;) a.indexOf('y')"
            let run = await sandbox.run(code)
            #expect(run.failure?.code == .timeout)
            #expect(run.failure?.message.contains("was killed") == true)
            #expect(await sandbox.run("1").value == "1")
        }
    }

    @Test(
        "a memory bomb ends the run and nothing else",
        arguments: [
            "const a = [];\nwhile (true) a.push(new Array(1000).fill(1))",
            "const a = [];\nwhile (true) a.push(new Uint8Array(1 << 20))",
            "let s = 'x'; const a = [];\nwhile (true) { a.push(s + a.length + 'y'.repeat(100000)) }",
        ])
    func memory(code: String) async throws {
        try await withSandbox({ $0.memoryBytes = 32 << 20 }) { sandbox in
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code == .memoryLimit)
            #expect(failure.message.hasPrefix("The script used 32 MB of memory at line 2; 32 MB are allowed. Filter"))
            #expect(failure.line == 2)
            #expect(await sandbox.run("1").value == "1")
        }
    }

    @Test func oneLargePieceSaysHowLarge() async throws {
        try await withSandbox({ $0.memoryBytes = 32 << 20 }) { sandbox in
            let failure = try #require(await sandbox.run("\n\nnew ArrayBuffer(100 << 20)").failure)
            #expect(failure.code == .memoryLimit)
            #expect(failure.message.contains("of memory and asked for 100 MB more at line 3; 32 MB are allowed."))
            #expect(
                await sandbox.run("try { new ArrayBuffer(100 << 20) } catch (e) { e.message }").value
                    == #""out of memory""#)
        }
    }

    @Test(
        "deep recursion is an error, not a crash",
        arguments: [
            "function f() { return f() + 1 }\nf()",
            "let a = []; for (let i = 0; i < 1e5; i++) a = [a];\nJSON.stringify(a)",
            "const o = {}; Object.defineProperty(o, 'x', { get() { return this.x } });\no.x",
            "new RegExp('('.repeat(1e5) + ')'.repeat(1e5))",
            "JSON.parse('['.repeat(1e6))",
            "const p = new Proxy({}, { get: (t, k, r) => r[k] });\np.x",
        ])
    func recursion(code: String) async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run(code).failure)
            #expect(failure.code != .guestLost, "\(failure.message)")
        }
    }

    @Test func aRecursionThatDoesNotEndSaysHowMuchStackThereIs() async throws {
        try await withSandbox { sandbox in
            let failure = try #require(await sandbox.run("\nfunction f() { return f() + 1 }\nf()").failure)
            #expect(failure.code == .stackLimit)
            #expect(
                failure.message
                    == "The script used more than 1024 KB of stack at line 2; 1024 KB are allowed. Look for a recursion "
                    + "that does not end, or use a loop.")
        }
    }

    @Test func aHundredMegabytesOfPrintsStopAtTheLimitAndKeepWhatFits() async throws {
        try await withSandbox({ $0.outputBytes = 100_000 }) { sandbox in
            let run = await sandbox.run("let i = 0;\nfor (; i < 1e5; i++) console.log('x'.repeat(999))")
            let failure = try #require(run.failure)
            #expect(failure.code == .outputLimit)
            #expect(
                failure.message.hasPrefix(
                    "The script had output 100000 bytes in 100 console lines, and its next line has 999 bytes more at "
                        + "line 2; 97 KB in 10000 console lines and a result are allowed. Print"))
            #expect(failure.line == 2)
            #expect(run.console.count == 100)
            #expect(run.usage.outputBytes == 100_000)
        }
    }

    @Test func manySmallLinesAndALargeResultMeetTheLimitToo() async throws {
        try await withSandbox({ $0.outputBytes = 100_000 }) { sandbox in
            let lines = await sandbox.run("for (;;) console.log()")
            #expect(lines.failure?.code == .outputLimit)
            #expect(lines.console.count == RunLimits.consoleLines)
            let result = try #require(await sandbox.run("'x'.repeat(200000)").failure)
            #expect(result.code == .outputLimit)
            #expect(result.message.contains("200002 bytes more"))
            // No catch, no finally can go on after the limit.
            let stubborn = await sandbox.run(
                "for (;;) { try { console.log('x'.repeat(1e4)) } catch {} finally { continue } }")
            #expect(stubborn.failure?.code == .outputLimit)
        }
    }

    @Test func theCallAfterTheLastAllowedOneIsRefusedInTheScript() async throws {
        try await withSandbox({ $0.hostCalls = 5 }) { sandbox in
            let caught = await sandbox.run(
                """
                const all = await Promise.allSettled(Array.from({ length: 8 }, () => callAPI('x')));
                [all.filter((r) => r.status === 'fulfilled').length, all[5].reason.code]
                """)
            #expect(caught.value == #"[5,"hostCallLimit"]"#)
            let failure = try #require(await sandbox.run("for (let i = 0; i < 6; i++) await callAPI('x')").failure)
            #expect(failure.code == .hostCallLimit)
            #expect(failure.message.contains("all of its 5 API calls; 5 are allowed. Fetch more per call"))
            #expect(failure.line == 1)
            let flood = await sandbox.run("for (let i = 0; i < 3000; i++) callAPI('x').catch(() => {}); 1")
            #expect(flood.value == "1")
            #expect(flood.usage.hostCalls == 5)
        }
    }

    @Test func argumentsAndRepliesHaveLimits() async throws {
        try await withSandbox { sandbox in
            let code = "try { await callAPI('x', { a: 'y'.repeat(2 ** 21) }) } catch (e) { e.code }"
            #expect(await sandbox.run(code).value == #""argumentsTooLarge""#)
            let large = FixedHost(
                reply: .value(ByteBuffer(repeating: UInt8(ascii: "1"), count: RunLimits.replyBytes + 1)))
            let refused = await sandbox.run("try { await callAPI('x') } catch (e) { e.code }", host: large)
            #expect(refused.value == #""replyTooLarge""#)
            var five = ByteBuffer(string: "[\"")
            five.writeRepeatingByte(UInt8(ascii: "x"), count: 5 << 20)
            five.writeString("\"]")
            let parsed = await sandbox.run("(await callAPI('x'))[0].length", host: FixedHost(reply: .value(five)))
            #expect(parsed.value == "\(5 << 20)")
            let garbage = FixedHost(reply: .value(ByteBuffer(string: "<html>")))
            #expect(await sandbox.run("await callAPI('x')", host: garbage).failure?.errorName == "SyntaxError")
        }
    }
}
