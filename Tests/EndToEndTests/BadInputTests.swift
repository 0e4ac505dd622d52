import Foundation
import JSON
import TestSupport
import Testing

/// Requests that are wrong: each gets a precise error, and the next request is served at once.
struct BadInputTests {
    @Test("malformed, misdirected and oversized requests each get their own error")
    func requests() async throws {
        let demo = try await Demo.start()
        var client = CurlClient(url: demo.url, certificate: demo.certificate)

        let malformed = try await client.post("{\"jsonrpc\":")
        #expect(malformed.status == 400 && malformed.json?["error"]?["code"]?.intValue == -32700)
        let put = try await client.request(["--request", "PUT"], body: "{}")
        #expect(put.status == 405 && put["allow"] != nil)
        let unknownPath = try await client.request([], path: "/nowhere")
        #expect(unknownPath.status == 404 && unknownPath.json?["message"]?.stringValue?.contains("/mcp") == true)
        let large = try await client.post(String(repeating: "x", count: 4 * 1024 * 1024 + 1))
        #expect(large.status == 413)
        let stranger = try await client.post(
            #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, headers: ["Mcp-Session-Id: nobody"])
        #expect(stranger.status == 404)
        let rebound = try await client.request(["--header", "Host: evil.example.com"], path: "/mcp")
        #expect(rebound.status == 403)
        let wrongMethod = try await client.request(["--request", "POST"], path: "/health", body: "")
        #expect(wrongMethod.status == 405)

        let opened = try await client.initialize()
        #expect(opened.status == 200 && client.session != nil)
        #expect(opened["strict-transport-security"] != nil && opened["x-content-type-options"] == "nosniff")
        #expect(try await client.post(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).json?["result"] == [:])
        #expect(await demo.sidecar.stop() == 0)
    }

    @Test("a client that sends half a header is cut, others are served meanwhile")
    func slowClient() async throws {
        let file = try TemporaryFile("[server]\nheader_timeout_ms = 300\n")
        let demo = try await Demo.start(["--plain-http", "--config", file.path])
        let port = String(demo.url.split(separator: ":")[2].prefix { $0.isNumber })
        let script = """
            import socket, sys, time
            s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
            s.sendall(b"POST /mcp HTTP/1.1\\r\\nHost: loc")
            started = time.monotonic()
            s.settimeout(10)
            while s.recv(4096): pass
            print(time.monotonic() - started)
            """
        async let slow = Command.run(Project.python, ["-c", script, port], seconds: 15)
        var client = CurlClient(url: demo.url, certificate: "")
        #expect(try await client.initialize().status == 200)
        let seconds = Double(try await slow.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 99
        #expect(seconds > 0.2 && seconds < 5)
    }

    @Test("scripts that misbehave are contained, and leave no process and no descriptor behind")
    func scripts() async throws {
        let demo = try await Demo.start(environment: ["CODE_TIMEOUT_MS": "700", "CODE_MEMORY_LIMIT_MB": "32"])
        var client = CurlClient(url: demo.url, certificate: demo.certificate)
        _ = try await client.initialize()
        let login =
            "import * as auth from \"./tools/auth\";\n"
            + "await auth.login({ email: \"\(demo.email)\", password: \"\(demo.password)\" });\n"
        #expect(try await client.run(login + "1").isError == false)
        let before = ProcessFacts(demo.sidecar.process.processID)

        let cases: [(code: String, expected: [String])] = [
            ("const a = 1;\nlet x = ;", ["SyntaxError", "line 2", "column 9"]),
            ("while (true) {}", ["700 ms"]),
            ("await new Promise(() => {})", ["never"]),
            ("for (;;) await null;", ["700 ms"]),
            ("const a = []; for (;;) a.push(new Array(1000).fill(7));", ["32 MB"]),
            ("function f() { return f() + 1 } f()", ["stack"]),
            ("const s = 'x'.repeat(10000); for (let i = 0; i < 10000; i++) console.log(s);", ["output"]),
            ("throw new TypeError('mine')", ["TypeError", "mine", "line 1"]),
            ("import x from './tools/../../etc/passwd'", ["tools"]),
            ("import { getSaleById } from './tools/sales/getSaleById.js'; await getSaleById('../../x')", ["id"]),
            (
                "import { getSales } from './tools/sales/getSales.js'; await getSales({ stardDate: '2025-01-01' })",
                ["startDate"]
            ),
        ]
        for (code, expected) in cases {
            let result = try await client.run(code)
            #expect(result.isError, "\(code)")
            for part in expected { #expect(result.text.contains(part), "\(code) → \(result.text.prefix(600))") }
            #expect(try await client.run("6 * 7").structured?["value"]?.intValue == 42)
        }

        try await before.expectNoGrowth(demo.sidecar.process.processID)
        #expect(await demo.sidecar.stop() == 0)
    }

    @Test("a guest that is killed in the middle of a run is reported, and nothing is left of it")
    func killedGuest() async throws {
        let demo = try await Demo.start(environment: ["CODE_TIMEOUT_MS": "20000"])
        var client = CurlClient(url: demo.url, certificate: demo.certificate)
        _ = try await client.initialize()
        #expect(try await client.run("1").isError == false)
        let root = demo.sidecar.process.processID
        let before = ProcessFacts(root)
        let opened = client
        async let victim = opened.run("for (;;) {}")
        kill(try await ProcessFacts.awaitBusyDescendant(of: root), SIGKILL)
        let result = try await victim
        #expect(result.isError && result.text.contains("process"), "\(result.text)")
        #expect(try await client.run("6 * 7").structured?["value"]?.intValue == 42)
        try await before.expectNoGrowth(root)
    }
}

extension ProcessFacts {
    /// Zombies, guests and descriptors are back to what they were, within a grace time for sockets to close.
    func expectNoGrowth(_ process: pid_t) async throws {
        let deadline = ContinuousClock.now + .seconds(5)
        var now = ProcessFacts(process)
        while ContinuousClock.now < deadline {
            now = ProcessFacts(process)
            if now.descendants.count <= self.descendants.count, now.descriptors <= self.descriptors { return }
            await Pause.short()
        }
        #expect(
            now.descendants.count <= self.descendants.count && now.descriptors <= self.descriptors,
            "\(now) after \(self)")
    }
}
