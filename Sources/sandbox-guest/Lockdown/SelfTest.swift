import CSeccomp
import Glibc

/// Tries what a run must not be able to do, each in a locked-down process of its own, and prints which walls held.
///
/// One line an attempt: `held NAME` or `open NAME`; the exit code is 0 when all held. The lines that begin with `can`
/// are the opposite: what a run must be able to do, without which the other lines would prove nothing.
enum SelfTest {
    static func main() -> Never {
        do throws(SystemCallFilter.Unavailable) {
            let filter = try SystemCallFilter(channel: Lockdown.channelDescriptor)
            guard let mapped = Lockdown.currentlyMappedBytes() else {
                throw SystemCallFilter.Unavailable(description: "/proc/self/statm cannot be read")
            }
            _exit(Self.run(Lockdown(filter: filter, mappedBytes: mapped)) ? 0 : 1)
        } catch {
            print("open filter: \(error.description)")
            _exit(1)
        }
    }

    private static func run(_ lockdown: Lockdown) -> Bool {
        var allHeld = true
        for attempt in Self.allowed {
            let status = Self.status(of: attempt, lockdown)
            print(status == 0 ? "can \(attempt.name)" : "cannot \(attempt.name) (status \(status))")
            allHeld = allHeld && status == 0
        }
        for attempt in Self.forbidden {
            // Killed by SIGSYS, with or without the note that a core would have been written.
            let held = Self.status(of: attempt, lockdown) & 0x7F == SIGSYS
            print("\(held ? "held" : "open") \(attempt.name)")
            allHeld = allHeld && held
        }
        return allHeld
    }

    /// The wait status of a locked-down process that made the attempt.
    private static func status(of attempt: Attempt, _ lockdown: Lockdown) -> Int32 {
        fflush(nil)
        let parent = getpid()
        let child = fork()
        if child == 0 {
            guard let limits = RunLimits(Self.limits) else { _exit(9) }
            var pair: (Int32, Int32) = (-1, -1)
            let result = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
                unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                    unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, $0)
                }
            }
            guard result == 0 else { _exit(8) }
            do throws(Lockdown.Failed) {
                try lockdown.raise(channel: pair.1, parent: parent, limits: limits)
            } catch { _exit(7) }
            _exit(attempt.perform() == -1 ? 2 : 0)
        }
        var status: Int32 = -1
        unsafe waitpid(child, &status, 0)
        return status
    }

    private static let limits: [UInt8] = {
        var writer = ByteWriter()
        writer.write(UInt64(64 << 20))
        writer.write(UInt64(1 << 20))
        writer.write(UInt32(1))
        writer.write(UInt32(1))
        writer.write(UInt32(5))
        return writer.bytes
    }()
}

// MARK: Attempts

/// One thing a run tries.
private struct Attempt {
    let name: String
    let perform: () -> Int

    init(_ name: String, _ perform: @escaping () -> Int) {
        self.name = name
        self.perform = perform
    }

    /// A system call by its name; nil where this architecture has none.
    init?(call name: String, as label: String? = nil, _ arguments: Int...) {
        let number = unsafe seccomp_syscall_resolve_name(name)
        guard number >= 0 else { return nil }
        let all = arguments + Array(repeating: 0, count: 6 - arguments.count)
        self.init(label ?? name) {
            cseccomp_call(Int(number), all[0], all[1], all[2], all[3], all[4], all[5])
        }
    }
}

extension SelfTest {
    private static let page = 4096
    private static let anonymous = Int(MAP_PRIVATE | MAP_ANONYMOUS)

    fileprivate static var allowed: [Attempt] {
        [
            Attempt("allocate memory") { unsafe malloc(8 << 20) == nil ? -1 : 0 },
            Attempt("read the clock") { Clock.now() > 0 ? 0 : -1 },
            Attempt("be random") { Double.random(in: 0..<1) < 1 ? 0 : -1 },
            Attempt("poll its channel") {
                do throws(Channel.Lost) {
                    return try Channel(descriptor: Lockdown.channelDescriptor).waitForInput(milliseconds: 1) ? 0 : 0
                } catch { return -1 }
            },
        ]
    }

    fileprivate static var forbidden: [Attempt] {
        ([
            "open", "openat", "openat2", "creat", "stat", "newfstatat", "statx", "readlink", "unlink", "mkdir", "chdir",
            "mount", "umount2", "pivot_root", "chroot", "socket", "socketpair", "connect", "bind", "sendto", "recvfrom",
            "sendmsg", "recvmsg", "execve", "execveat", "fork", "vfork", "clone", "clone3", "wait4", "kill", "tgkill",
            "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
            "io_uring_setup", "bpf", "userfaultfd", "perf_event_open", "memfd_create", "memfd_secret", "prctl",
            "arch_prctl", "seccomp", "unshare", "setns", "setuid", "setresuid", "capset", "prlimit64", "setrlimit",
            "personality", "keyctl", "add_key", "ioctl", "fcntl", "dup", "dup2", "pipe2", "eventfd2", "timerfd_create",
            "signalfd4", "inotify_init1", "shmget", "msgget", "semget", "splice", "sendfile", "copy_file_range",
            "name_to_handle_at", "open_by_handle_at", "getpid", "getuid", "uname", "sysinfo", "syslog", "reboot",
            "init_module", "kexec_load", "landlock_create_ruleset", "mlock", "remap_file_pages", "rt_sigaction",
            "rt_sigprocmask", "set_robust_list", "pkey_alloc",
        ] as [String]).compactMap { Attempt(call: $0) }
            + [
                Attempt(call: "read", as: "read from another descriptor", 0),
                Attempt(call: "write", as: "write to another descriptor", 1),
                Attempt(call: "read", as: "read with a descriptor beyond 32 bits", 1 << 32 | 4),
                Attempt(call: "poll", as: "poll many descriptors", 0, 100, 0),
                Attempt(call: "mmap", as: "map executable memory", 0, page, Int(PROT_READ | PROT_EXEC), anonymous, -1),
                Attempt(call: "mmap", as: "map writable and executable memory", 0, page, 7, anonymous, -1),
                Attempt(
                    call: "mmap", as: "map shared memory", 0, page, Int(PROT_READ), Int(MAP_SHARED | MAP_ANONYMOUS), -1),
                Attempt(call: "mmap", as: "map a file", 0, page, Int(PROT_READ), Int(MAP_PRIVATE), 3),
                Attempt(call: "mprotect", as: "make memory executable", 0, page, Int(PROT_READ | PROT_EXEC)),
                Attempt("call by an x32 number") { cseccomp_call(0x4000_0000 | 39, 0, 0, 0, 0, 0, 0) },
            ].compactMap { $0 }
    }
}
