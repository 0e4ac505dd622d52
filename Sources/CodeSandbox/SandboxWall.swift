/// One thing that stands between a script and everything else; the names are those of the guest program.
package enum SandboxWall: String, Sendable, CaseIterable {
    case environment
    case userNamespace = "user-namespace"
    case processNamespace = "pid-namespace"
    case mountNamespace = "mount-namespace"
    case networkNamespace = "network-namespace"
    case communicationNamespace = "ipc-namespace"
    case user
    case capabilities
    case noNewPrivileges = "no-new-privileges"
    case landlock
    case zygoteFilter = "zygote-filter"
    case descriptors
    case limits
    case parentDeath = "parent-death"
    case notDumpable = "not-dumpable"
    case guestFilter = "guest-filter"

    /// Whether a kernel or a container may refuse it without the others being worth less.
    ///
    /// Docker's default profile forbids new namespaces; kernels before 5.13 know no Landlock. What both would stop, the
    /// system call filters stop too.
    package var isExtra: Bool {
        switch self {
        case .userNamespace, .processNamespace, .mountNamespace, .networkNamespace, .communicationNamespace, .landlock:
            true
        default: false
        }
    }
}

/// Which walls the sandbox insists on.
package enum WallPolicy: String, Sendable, CaseIterable {
    /// Every wall, those included that some kernels and containers refuse; the user namespace only where one is of use.
    case all
    /// Every wall but those.
    case required
    /// None: scripts run behind what can be had, and everybody is told that this is not enough.
    case available

    func demands(_ wall: SandboxWall) -> Bool {
        switch self {
        case .all: wall != .userNamespace
        case .required: !wall.isExtra
        case .available: false
        }
    }

    var demanded: [SandboxWall] { SandboxWall.allCases.filter(self.demands) }
}
