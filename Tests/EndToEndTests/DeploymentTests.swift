import Foundation
import JSON
import TestSupport
import Testing

/// Dockerfile, compose file and scripts, as far as they can be checked without an engine.
struct DeploymentTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: Project.root.appending(path: path), encoding: .utf8)
    }

    private func compose() async throws -> JSONValue {
        let result = try await Command.run(
            Project.python,
            ["-c", "import sys,yaml,json; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))", "docker-compose.yml"]
                .enumerated().map { $0 == 2 ? Project.root.appending(path: $1).path() : $1 })
        try #require(result.status == 0, "\(result.errors)")
        return try JSONValue(parsing: result.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("what the Dockerfile copies exists, and it sets up by the same script")
    func copies() throws {
        let lines = try self.text("Dockerfile").split(separator: "\n")
        #expect(lines.contains("RUN ./scripts/setup.sh"))
        for line in lines where line.hasPrefix("COPY ") && !line.contains("--from") {
            for source in line.split(separator: " ").dropFirst().dropLast() {
                #expect(FileManager.default.fileExists(atPath: Project.root.appending(path: String(source)).path()))
            }
        }
        #expect(lines.contains { $0.hasPrefix("HEALTHCHECK") } && lines.contains("USER 10001"))
    }

    @Test("the image's programs are built as the scripts build a release")
    func releaseFlags() throws {
        let script = try self.text("scripts/environment.sh")
        let flags = try #require(script.firstMatch(of: /release=\((.+)\)/)?.1)
        let builds = try self.text("Dockerfile").split(separator: "\n").filter { $0.contains("swift build") }
        #expect(builds.count == 3 && builds.allSatisfy { $0.contains("swift build \(flags) ") })
    }

    @Test("the runtime stage installs exactly the libraries the programs link, by package")
    func runtimeLibraries() async throws {
        let dockerfile = try self.text("Dockerfile")
        let runtime = try #require(dockerfile.range(of: "FROM debian:bookworm-slim")).lowerBound
        let installed = try #require(
            dockerfile[runtime...].split(separator: "\n").first { $0.contains("apt-get install") })
        let listed = Set(
            installed.split(separator: " ").map(String.init).filter { $0.hasPrefix("lib") || $0 == "zlib1g" })
        var needed: Set<String> = []
        for program in ["bitetrack-sidecar", "sandbox-guest"] {
            for library in try await self.linkedLibraries(Project.program(program)) {
                needed.insert(try await self.package(of: library))
            }
        }
        needed.remove("libc6")
        #expect(needed == listed)
    }

    /// The libraries that the program itself names, Swift's own left out: a release carries those inside.
    private func linkedLibraries(_ program: String) async throws -> [String] {
        let direct = try await Command.run("/usr/bin/objdump", ["-p", program]).output
            .split(separator: "\n").filter { $0.contains("NEEDED") }.compactMap {
                $0.split(separator: " ").last.map(String.init)
            }
        let resolved = try await Command.run("/usr/bin/ldd", [program]).output.split(separator: "\n")
        return direct.compactMap { name in
            let path = resolved.first { $0.contains(name + " =>") }?.split(separator: " ").dropFirst(2).first.map(
                String.init)
            return path.flatMap { $0.contains("/swift/") || !$0.hasPrefix("/") ? nil : $0 }
        }
    }

    private func package(of library: String) async throws -> String {
        let path = URL(filePath: library).resolvingSymlinksInPath().path()
        for candidate in [path, path.replacing("/usr/lib", with: "/lib"), library] {
            let found = try await Command.run("/usr/bin/dpkg", ["-S", candidate])
            if found.status == 0 { return String(found.output.prefix { $0 != ":" }) }
        }
        return "no package owns \(library)"
    }

    @Test(
        "the programs are hardened as far as their linker and compilers can",
        arguments: ["bitetrack-sidecar", "sandbox-guest"])
    func hardening(program: String) async throws {
        let elf = try await Command.run("/usr/bin/readelf", ["-hldsW", Project.program(program)]).output
        // Position-independent, tables of symbols read-only from the start, no stack that can be executed.
        for fact in ["Position-Independent Executable", "GNU_RELRO", "BIND_NOW"] {
            #expect(elf.contains(fact), "\(fact)")
        }
        let stack = elf.split(separator: "\n").first { $0.contains("GNU_STACK") }
        #expect(stack?.contains("RWE") == false && stack?.contains(" RW ") == true)
        if program == "sandbox-guest" {
            // The C code of the engine: stack protector and checked copies.
            for symbol in ["__stack_chk_fail", "_chk@"] { #expect(elf.contains(symbol), "\(symbol)") }
        }
    }

    @Test("compose parses and puts the sidecar behind Traefik at /mcp on both networks")
    func composeShape() async throws {
        let compose = try await self.compose()
        let service = try #require(compose["services"]?["bitetrack-mcp"])
        let labels = service["labels"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(labels.contains { $0.hasSuffix("rule=PathPrefix(`/mcp`)") })
        #expect(labels.contains("traefik.docker.network=bitetrack_web"))
        #expect(labels.contains { $0.contains("stripprefix.prefixes=/mcp") })
        #expect(service["networks"] == ["web", "backend"])
        #expect(compose["networks"]?["web"]?["name"] == "bitetrack_web")
        #expect(compose["networks"]?["backend"]?["internal"] == true)
    }

    @Test("every variable that compose hands to the sidecar is documented in proxy.conf")
    func variables() async throws {
        let environment = try await self.compose()["services"]?["bitetrack-mcp"]?["environment"]?.objectValue
        let documentation = try self.text("proxy.conf")
        for (name, _) in try #require(environment) { #expect(documentation.contains(name), "\(name)") }
    }

    @Test("setup does nothing the second time, in under a second")
    func setupTwice() async throws {
        let started = ContinuousClock.now
        let result = try await Command.run(Project.root.appending(path: "scripts/setup.sh").path(), ["--tests"])
        #expect(
            result.status == 0 && result.output.split(separator: "\n").count == 1, "\(result.output)\(result.errors)")
        #expect(started.duration(to: .now) < .seconds(1))
    }

    @Test("scripts parse", arguments: ["setup.sh", "run.sh", "test.sh", "bench.sh", "coverage.sh", "environment.sh"])
    func scripts(name: String) async throws {
        let result = try await Command.run("/bin/bash", ["-n", Project.root.appending(path: "scripts/\(name)").path()])
        #expect(result.status == 0, "\(result.errors)")
    }
}
