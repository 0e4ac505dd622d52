import Foundation
import JSON
import TestSupport
import Testing

/// Commands, their help and their exit codes.
struct CommandTests {
    @Test("every command explains itself", arguments: [[], ["serve"], ["demo"], ["check"], ["health"], ["version"]])
    func help(command: [String]) async throws {
        let result = try await Command.run(Project.sidecar, command + ["--help"])
        #expect(result.status == 0 && result.output.contains("OVERVIEW") && result.output.contains("USAGE"))
    }

    @Test("version names the program and its version")
    func version() async throws {
        let result = try await Command.run(Project.sidecar, ["version"])
        #expect(result.status == 0 && result.output.hasPrefix("bitetrack-sidecar "))
    }

    @Test(
        "wrong usage exits with 64",
        arguments: [["nonsense"], ["serve", "--prot", "1"], ["demo", "--port", "x"], ["demo", "--port", "70000"]])
    func usage(arguments: [String]) async throws {
        let result = try await Command.run(Project.sidecar, arguments)
        #expect(result.status == 64 && !result.errors.isEmpty)
    }

    @Test("check prints every value and its origin, and no secret")
    func check() async throws {
        let file = try TemporaryFile("[server]\nplain_http = true\nport = 4100\n")
        let result = try await Command.run(
            Project.sidecar, ["check", "--config", file.path],
            environment: ["API_URL": "http://127.0.0.1:1", "JWT_SECRET": "very-secret-word", "CODE_TIMEOUT_MS": "1234"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("4100  (\(file.path):3)"))
        #expect(result.output.contains("1234  (environment CODE_TIMEOUT_MS)"))
        #expect(!(result.output + result.errors).contains("very-secret-word"))
    }

    @Test("a wrong configuration exits with 78 and says where")
    func wrongConfiguration() async throws {
        let file = try TemporaryFile("[server]\nprot = 1\n")
        for command in ["check", "serve"] {
            let result = try await Command.run(Project.sidecar, [command, "--config", file.path])
            #expect(result.status == 78)
            #expect(result.errors.contains("\(file.path):2: unknown key server.prot; did you mean server.port?"))
        }
        let missing = try await Command.run(Project.sidecar, ["check", "--config", "/nowhere.conf"])
        #expect(missing.status == 78 && missing.errors.contains("/nowhere.conf"))
        let bare = try await Command.run(Project.sidecar, ["serve"])
        #expect(bare.status == 78 && bare.errors.contains("API_URL"))
    }

    @Test("check --sandbox shows every wall, and exits with 69 where one is missing that is insisted on")
    func checkSandbox() async throws {
        let good = try await Command.run(Project.sidecar, ["check", "--sandbox"])
        #expect(good.status == 0 && good.output.hasSuffix("The sandbox holds.\n"), "\(good.output)\(good.errors)")
        for wall in ["guest-filter", "zygote-filter", "descriptors", "no-new-privileges"] {
            #expect(
                good.output.split(separator: "\n").contains { $0.hasPrefix(wall) && $0.hasSuffix("  held") }, "\(wall)")
        }
        // A guest program as a host would answer that has no filters.
        let folder = try TemporaryFolder()
        let guest = try folder.write(
            "guest",
            "#!/bin/sh\n\(Project.program("sandbox-guest")) --self-test | sed 's/^wall guest-filter.*/wall guest-filter missing error 22/'\n"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: guest)
        for (policy, status) in [("required", Int32(69)), ("available", 0)] {
            let file = try TemporaryFile("[sandbox]\nguest = \"\(guest)\"\nwalls = \"\(policy)\"\n")
            let poor = try await Command.run(Project.sidecar, ["check", "--sandbox", "--config", file.path])
            #expect(poor.status == status && poor.output.contains("MISSING: error 22"), "\(poor.output)\(poor.errors)")
            #expect(poor.errors.contains("guest-filter (error 22)") == (policy == "required"))
            #expect(poor.output.contains("The sandbox is degraded.") == (policy == "available"))
        }
    }

    @Test("health says what the sandbox is worth, and in detail when asked")
    func sandboxHealth() async throws {
        let demo = try await Demo.start(["--plain-http"])
        let base = demo.url.replacing("/mcp", with: "")
        let short = try await Command.run("/usr/bin/curl", ["-s", "--max-time", "10", base + "/health"])
        let brief = try JSONValue(parsing: short.output)
        #expect(brief["status"] == "OK" && brief["sandbox"] == ["status": "OK"])
        let long = try await Command.run("/usr/bin/curl", ["-s", "--max-time", "10", base + "/health?detailed"])
        let walls = try JSONValue(parsing: long.output)["sandbox"]?["walls"]
        #expect(walls?["guest-filter"] == "held" && walls?.objectValue?.count == 16)
        let metrics = try await Command.run("/usr/bin/curl", ["-s", "--max-time", "10", base + "/metrics"])
        #expect(metrics.output.contains("\nbitetrack_sandbox_degraded 0\n"))
    }

    @Test("a port that is taken exits with 69 and says so")
    func portTaken() async throws {
        let demo = try await Demo.start(["--plain-http"])
        let port = demo.url.split(separator: ":")[2].prefix { $0.isNumber }
        let second = try await Command.run(Project.sidecar, ["demo", "--plain-http", "--port", String(port)])
        #expect(second.status == 69 && second.errors.contains(String(port)), "\(second.errors)")
    }

    @Test("health tells a running sidecar from none, over TLS and without", arguments: [true, false])
    func health(plain: Bool) async throws {
        let demo = try await Demo.start(plain ? ["--plain-http"] : [])
        let port = String(demo.url.split(separator: ":")[2].prefix { $0.isNumber })
        let file = try TemporaryFile(
            plain
                ? "[server]\nplain_http = true\n"
                : "[server]\ncertificate_file = \"\(demo.certificate)\"\nkey_file = \"\(demo.certificate)\"\n")
        let arguments = ["health", "--config", file.path, "--port", port]
        let alive = try await Command.run(Project.sidecar, arguments)
        #expect(alive.status == 0, "\(alive.errors)")
        #expect(await demo.sidecar.stop() == 0)
        let dead = try await Command.run(Project.sidecar, arguments)
        #expect(dead.status == 1 && dead.errors.contains(port), "\(dead.errors)")
    }

    @Test("the demo introduces itself within one screen")
    func introduction() async throws {
        let sidecar = try RunningProgram(Project.sidecar, arguments: ["demo", "--port", "0"])
        let text = try await sidecar.awaitOutput { output, _ in output.contains("Ctrl-C") ? output : nil }
        for part in [
            "https://localhost:", "fingerprint", "admin@demo.test", "claude mcp add", "codex mcp add", "Cursor",
            "VS Code", "Warp", "getSales",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 32)
        #expect(await sidecar.stop(SIGINT) == 0)
    }
}

/// A file that goes when the test does.
final class TemporaryFile {
    let path: String

    init(_ text: String) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".conf")
        try Data(text.utf8).write(to: url)
        self.path = url.path()
    }

    deinit { try? FileManager.default.removeItem(atPath: self.path) }
}
