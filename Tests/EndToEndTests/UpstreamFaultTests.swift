import Foundation
import JSON
import TestSupport
import Testing

/// `serve` in front of upstreams that are down, lie or refuse.
struct UpstreamFaultTests {
    /// A sidecar in front of `upstream`, and a client with a session.
    private func serve(_ upstream: String) async throws -> (RunningProgram, CurlClient) {
        let file = try TemporaryFile("[server]\nplain_http = true\nport = 0\n[upstream]\nattempts = 1\n")
        let sidecar = try RunningProgram(
            Project.sidecar, arguments: ["serve", "--config", file.path],
            environment: ["API_URL": upstream, "LOG_LEVEL": "trace"])
        let port = try await sidecar.awaitOutput { _, log in
            log.split(separator: "\n").first { $0.contains("listening") }
                .flatMap { $0.firstMatch(of: /port["=:\s]+(\d+)/)?.1 }.map(String.init)
        }
        var client = CurlClient(url: "http://localhost:\(port)/mcp", certificate: "")
        #expect(try await client.initialize().status == 200)
        return (sidecar, client)
    }

    private let script = """
        import * as auth from "./tools/auth";
        import * as products from "./tools/products";
        await auth.login({ email: "a@b.test", password: "Passw0rd!word" });
        await products.getProducts();
        """

    @Test("an upstream that is down is named as the cause, with what to do")
    func down() async throws {
        let (sidecar, client) = try await self.serve("http://127.0.0.1:9")
        let result = try await client.run(self.script)
        #expect(result.isError && result.text.contains("reach"), "\(result.text)")
        #expect(try await client.run("1").isError == false)
        #expect(await sidecar.stop() == 0)
    }

    @Test(
        "answers that are no API answers are told as such",
        arguments: [("html", "text/html"), ("garbage", "upstream"), ("expired", "log in")])
    func faulty(mode: String, expected: String) async throws {
        let upstream = try await FaultyUpstream(mode)
        let (sidecar, client) = try await self.serve("http://127.0.0.1:\(upstream.port)")
        let result = try await client.run(self.script)
        #expect(result.isError && result.text.lowercased().contains(expected), "\(result.text)")
        #expect(!(result.text + sidecar.log).contains("Passw0rd!word"))
        #expect(!(result.text + sidecar.log).contains("eyJ"))
        #expect(try await client.run("1").isError == false)
        #expect(await sidecar.stop() == 0)
    }
}

/// The scripted upstream, a process of its own.
final class FaultyUpstream: Sendable {
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    init(_ mode: String) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        self.process = try ChildProcess(
            program: Project.python, arguments: [Project.client("faulty_upstream.py"), mode],
            environment: ProcessInfo.processInfo.environment, output: folder.path("out"), errors: folder.path("err"))
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            if let line = try? folder.read("out"), let port = Int(line.filter(\.isNumber)), line.hasSuffix("\n") {
                self.port = port
                return
            }
            guard ContinuousClock.now < deadline, self.process.isRunning else {
                self.process.send(SIGKILL)
                throw RunningProgram.NotReady(description: (try? folder.read("err")) ?? "")
            }
            await Pause.short()
        }
    }

    deinit { self.process.send(SIGKILL) }
}
