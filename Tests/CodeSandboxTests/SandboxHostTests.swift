@testable import CodeSandbox
import Foundation
import TestSupport
import Testing

/// The walls on hosts of several kinds, made by taking rights from the program; only root can take them.
@Suite(.enabled(if: getuid() == 0))
struct SandboxHostTests {
    private static let namespaces: Set<String> = [
        "pid-namespace", "mount-namespace", "network-namespace", "ipc-namespace",
    ]
    /// Starts a program under a filter that refuses what Docker's default profile refuses.
    private static let inContainer = [
        "/usr/bin/python3", "-c",
        """
        import ctypes, os, sys
        seccomp = ctypes.CDLL("libseccomp.so.2")
        seccomp.seccomp_init.restype = ctypes.c_void_p
        filter = ctypes.c_void_p(seccomp.seccomp_init(0x7fff0000))
        refused = "unshare setns mount umount2 pivot_root bpf ptrace keyctl add_key perf_event_open userfaultfd"
        for name in refused.split():
            number = seccomp.seccomp_syscall_resolve_name(name.encode())
            assert seccomp.seccomp_rule_add(filter, 0x00050001, number, 0) == 0
        clone3 = seccomp.seccomp_syscall_resolve_name(b"clone3")
        assert seccomp.seccomp_rule_add(filter, 0x00050026, clone3, 0) == 0
        assert seccomp.seccomp_load(filter) == 0
        os.execvp(sys.argv[1], sys.argv[1:])
        """,
    ]
    /// How the program is started, and which walls may then be missing.
    static let hosts: [(start: [String], missing: Set<String>)] = [
        ([], ["user-namespace"]),
        // Root in a container that grants no new namespaces, as Docker does by default.
        (
            ["setpriv", "--bounding-set=-sys_admin"], namespaces.union(["user-namespace"])
        ),
        (inContainer + ["setpriv", "--bounding-set=-sys_admin"], namespaces.union(["user-namespace"])),
        (
            inContainer + ["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups"],
            namespaces.union(["user-namespace"])
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

    @Test("a zygote outlives the thread that made it, where there is no namespace of processes, too")
    func zygoteLife() async throws {
        let folder = try TemporaryFolder()
        let program = try folder.write(
            "guest", "#!/bin/sh\nexec /usr/bin/setpriv --bounding-set=-sys_admin /usr/bin/env -i \(GuestProgram.path)\n"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try await withSandbox(executable: program) { sandbox in
            let zygote = try #require(sandbox.zygoteProcessID)
            // Between the sidecar and its guests stand two processes: the one that waits, and the zygote.
            let guests = SandboxConfiguration().preparedGuests
            await eventually { ProcessFacts(zygote).descendants.count == guests + 1 }
            #expect(ProcessFacts(zygote).descendants.count == guests + 1)
            #expect(await sandbox.run("1").value == "1")
        }
    }
}
