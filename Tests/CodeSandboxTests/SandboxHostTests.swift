import Glibc
import TestSupport
import Testing

/// The walls on hosts of several kinds, made by taking rights from the program; only root can take them.
@Suite(.enabled(if: getuid() == 0))
struct SandboxHostTests {
    /// How the program is started, and which walls may then be missing.
    static let hosts: [(start: [String], missing: Set<String>)] = [
        ([], ["user-namespace"]),
        // Root in a container that grants no new namespaces, as Docker does by default.
        (
            ["setpriv", "--bounding-set=-sys_admin"],
            ["user-namespace", "pid-namespace", "mount-namespace", "network-namespace", "ipc-namespace"]
        ),
        (["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups"], []),
        (["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups", "--no-new-privs", "--bounding-set=-all"], []),
    ]

    @Test("every wall stands, whoever starts the program", arguments: hosts)
    func walls(start: [String], missing: Set<String>) async throws {
        let command = ["-i", "PATH=/usr/bin:/bin"] + start + ["/usr/bin/env", "-i", GuestProgram.path, "--self-test"]
        let result = try await Command.run("/usr/bin/env", command)
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let walls = lines.filter { $0.first == "wall" }
        #expect(walls.count == 16)
        #expect(Set(walls.filter { $0[2] != "held" }.map { $0[1] }) == missing)
        #expect(lines.count { $0.contains("open") && $0.first != "held" && $0.dropFirst().first != "held" } == 0)
    }
}
