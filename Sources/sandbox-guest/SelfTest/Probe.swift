import CSeccomp
import Glibc

/// Looks at one wall from behind it.
enum Probe {
    typealias Holds = () -> Bool

    /// The walls whose effect can be seen by a process that has no filter yet; whether each holds.
    ///
    /// The namespaces of users and of communication have none that a process without rights could see.
    static var all: [(Wall, Holds)] {
        [
            (.environment, { Confinement.hasEmptyEnvironment }),
            (.processNamespace, { getppid() == 1 }),
            (.mountNamespace, { Self.fails(ENOENT) { unsafe access("/proc", F_OK) } }),
            (.networkNamespace, { Self.isCutOff }),
            (.user, { getuid() != 0 && setuid(0) == -1 }),
            (.capabilities, { cseccomp_has_capabilities() == 0 }),
            (.noNewPrivileges, { cseccomp_prctl(PR_GET_NO_NEW_PRIVS, 0) == 1 }),
            (.landlock, { Self.cannotOpen }),
            (
                .descriptors,
                { (0..<1024).allSatisfy { ($0 == Lockdown.channelDescriptor) == (fcntl($0, F_GETFD) >= 0) } }
            ),
            (.limits, { Self.isLimited }),
            (.parentDeath, { cseccomp_parent_death_signal() == SIGKILL }),
            (.notDumpable, { cseccomp_prctl(PR_GET_DUMPABLE, 0) == 0 }),
        ]
    }

    private static func fails(_ number: Int32, _ call: () -> Int32) -> Bool { call() == -1 && errno == number }

    /// Not even an empty folder can be looked into.
    private static var cannotOpen: Bool {
        // The only descriptor there may be makes room for another; here, and below.
        close(Lockdown.channelDescriptor)
        return Self.fails(EACCES) { unsafe open("/", O_RDONLY | O_DIRECTORY) }
    }

    /// Not even this machine can be reached.
    private static var isCutOff: Bool {
        close(Lockdown.channelDescriptor)
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(9).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Self.fails(ENETUNREACH) {
                    unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    private static var isLimited: Bool {
        let child = fork()
        if child == 0 { _exit(0) }
        var more = rlimit(rlim_cur: 100, rlim_max: 100)
        let huge = unsafe mmap(nil, 1 << 40, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        let isTooMuch = unsafe huge == MAP_FAILED
        return child == -1 && Self.fails(EMFILE) { dup(Lockdown.channelDescriptor) }
            && Self.fails(EPERM) { unsafe setrlimit(__rlimit_resource_t(UInt32(cseccomp_limit_processes)), &more) }
            && isTooMuch
    }
}
