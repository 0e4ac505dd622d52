import Glibc

/// One thing that stands between a script and everything else; the names are those of the host.
enum Wall: String, CaseIterable {
    // Raised once, around the zygote; guests are born behind them.
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
    // Raised by each guest.
    case descriptors
    case limits
    case parentDeath = "parent-death"
    case notDumpable = "not-dumpable"
    case guestFilter = "guest-filter"
}

/// Which walls stand, and why others do not.
struct Walls {
    /// Without these nothing runs.
    let required: Set<Wall>
    private(set) var missing: [Wall: String] = [:]

    init(required: Set<Wall>) { self.required = required }

    /// Notes the outcome of raising `wall`, with the error of the system call that failed last.
    mutating func note(_ wall: Wall, _ isUp: Bool) {
        if isUp { self.missing[wall] = nil } else { self.miss(wall, "error \(errno)") }
    }

    mutating func miss(_ wall: Wall, _ reason: String) { self.missing[wall] = reason }

    /// The required walls that do not stand; nil when all do.
    var refusal: String? {
        let absent = Wall.allCases.filter { self.required.contains($0) && self.missing[$0] != nil }
        guard !absent.isEmpty else { return nil }
        return absent.map { "\($0.rawValue) (\(self.missing[$0] ?? ""))" }.joined(separator: ", ")
    }
}
