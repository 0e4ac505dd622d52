import CSeccomp
import Glibc

/// The walls around the zygote, raised once before the first guest, because what is inherited costs a run nothing.
///
/// Each step is one wall or a few; the order is the one in which each still can be done.
enum Confinement {
    private static let nobody: UInt32 = 65534

    // MARK: Namespaces

    /// Goes into namespaces of its own, as many as the kernel grants, and returns in a new process.
    ///
    /// The old process waits for the new one and ends as it does. Killing either kills both, and every guest. It is
    /// there without a namespace of processes, too: the kernel ties a child's life to the *thread* that made it, and the
    /// threads of the sidecar come and go.
    static func enterNamespaces(_ walls: inout Walls) {
        // Root becomes nobody instead; a user namespace would only give rights back.
        if geteuid() == 0 {
            walls.miss(.userNamespace, "not needed: guests of a privileged sidecar run as nobody")
        } else {
            Self.enterUserNamespace(&walls)
        }
        for (wall, flag) in [
            (Wall.mountNamespace, cseccomp_namespace_mount), (.networkNamespace, cseccomp_namespace_network),
            (.communicationNamespace, cseccomp_namespace_communication),
            (.processNamespace, cseccomp_namespace_process),
        ] { walls.note(wall, cseccomp_unshare(flag) == 0) }
        let inner = fork()
        guard inner != 0 else { return }
        guard inner > 0 else { _exit(71) }
        Self.standWatch(over: inner)
    }

    /// Identities stay what they are, but count for nothing outside.
    private static func enterUserNamespace(_ walls: inout Walls) {
        let (user, group) = (geteuid(), getegid())
        walls.note(.userNamespace, cseccomp_unshare(cseccomp_namespace_user) == 0)
        guard walls.missing[.userNamespace] == nil else { return }
        walls.note(
            .userNamespace,
            Self.put("deny", "setgroups") && Self.put("\(user) \(user) 1", "uid_map")
                && Self.put("\(group) \(group) 1", "gid_map"))
    }

    /// Where memory is short, the kernel takes a script before it takes the sidecar.
    static func goFirstWhenMemoryIsShort() { _ = Self.put("1000", "oom_score_adj") }

    private static func put(_ text: String, _ name: String) -> Bool {
        unsafe cseccomp_put("/proc/self/" + name, text) == 0
    }

    /// What the old process does: nothing, until the new one ends.
    private static func standWatch(over inner: pid_t) -> Never {
        // The end of the sidecar ends the zygote; a signal to the whole group must not come before it.
        for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_IGN) }
        _ = cseccomp_close_range(0, UInt32.max)
        _ = cseccomp_prctl(PR_SET_DUMPABLE, 0)
        if cseccomp_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0 {
            do throws(SystemCallFilter.Unavailable) { _ = try SystemCallFilter(.waiting).install() } catch {}
        }
        var status: Int32 = 0
        while unsafe waitpid(inner, &status, 0) < 0 { if errno != EINTR { _exit(71) } }
        let signal = status & 0x7F
        _exit(signal == 0 ? status >> 8 & 0xFF : 128 + signal)
    }

    // MARK: Rights

    /// Nothing of the file system is left to see, no matter who asks.
    private static func leaveFileSystem(_ walls: inout Walls) {
        guard walls.missing[.mountNamespace] == nil else { return }
        walls.note(.mountNamespace, unsafe cseccomp_empty_root("/tmp") == 0 || cseccomp_empty_root("/proc") == 0)
    }

    /// Becomes nobody, gives up every capability for good, and dies with the process that watches.
    private static func giveUpRights(_ walls: inout Walls) {
        let isRoot = geteuid() == 0
        // Only who has rights can shrink the bounding set; who has none cannot use it.
        let isBounded = cseccomp_drop_capabilities() == 0 || !isRoot && walls.missing[.userNamespace] != nil
        walls.note(.user, !isRoot || cseccomp_become(Self.nobody, Self.nobody) == 0)
        walls.note(.capabilities, isBounded && cseccomp_clear_capability_sets() == 0)
        walls.note(.noNewPrivileges, cseccomp_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0)
        // After the change of user, which would undo it.
        walls.note(.parentDeath, cseccomp_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL)) == 0)
        walls.note(.notDumpable, cseccomp_prctl(PR_SET_DUMPABLE, 0) == 0)
    }

    /// Every step that comes after the last file has been opened.
    static func raise(filter: SystemCallFilter.Purpose, _ walls: inout Walls) {
        self.raiseAllButFilter(&walls)
        self.installFilter(filter, &walls)
    }

    static func raiseAllButFilter(_ walls: inout Walls) {
        self.leaveFileSystem(&walls)
        self.giveUpRights(&walls)
        self.restrictFiles(&walls)
    }

    /// The filter of every guest, built once.
    static func guestFilter(_ walls: inout Walls) -> SystemCallFilter? {
        do throws(SystemCallFilter.Unavailable) {
            return try SystemCallFilter(.guest(channel: Lockdown.channelDescriptor))
        } catch {
            walls.miss(.guestFilter, error.description)
            return nil
        }
    }

    private static func restrictFiles(_ walls: inout Walls) {
        let version = cseccomp_landlock_version()
        if version < 1 { return walls.note(.landlock, false) }
        walls.note(.landlock, cseccomp_landlock_deny_all(version) == 0)
    }

    /// From here on this process can only receive, fork, wait and kill, and what its guests may.
    static func installFilter(_ filter: SystemCallFilter.Purpose, _ walls: inout Walls) {
        do throws(SystemCallFilter.Unavailable) {
            walls.note(.zygoteFilter, try SystemCallFilter(filter).install())
        } catch { walls.miss(.zygoteFilter, error.description) }
    }

    static var hasEmptyEnvironment: Bool { unsafe environ.pointee == nil }
}
