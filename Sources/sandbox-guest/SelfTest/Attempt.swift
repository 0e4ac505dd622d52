import CSeccomp
import Glibc

/// One thing a run tries.
struct Attempt {
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

// MARK: The list

extension Attempt {
    private static let page = 4096
    private static let anonymous = Int(MAP_PRIVATE | MAP_ANONYMOUS)

    static var allowed: [Attempt] {
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

    /// What the zygote itself must not be able to do, although its filter is the wider one.
    static var forbiddenToZygote: [Attempt] {
        ([
            "open", "openat", "socket", "connect", "execve", "execveat", "ptrace", "process_vm_readv", "mount",
            "unshare",
            "setns", "setresuid", "setgroups", "capset", "io_uring_setup", "bpf", "userfaultfd", "memfd_create",
            "ioctl",
            "sendmsg", "clone3", "pidfd_open", "perf_event_open", "chroot", "keyctl",
        ] as [String]).compactMap { Attempt(call: $0) }
            + [
                Attempt(call: "kill", as: "send another signal", 0, Int(SIGTERM)),
                Attempt(call: "clone", as: "start a thread", Int(CLONE_VM | CLONE_THREAD | CLONE_SIGHAND)),
                Attempt(call: "clone", as: "fork into a new namespace", Int(CLONE_NEWUSER | SIGCHLD)),
                Attempt(call: "prctl", as: "change its securebits", Int(PR_SET_SECUREBITS)),
                Attempt(call: "mprotect", as: "make memory executable", 0, page, Int(PROT_READ | PROT_EXEC)),
            ].compactMap { $0 }
    }

    static var forbidden: [Attempt] {
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
                Attempt(call: "read", as: "read from another descriptor", 3),
                Attempt(call: "write", as: "write to another descriptor", 1),
                Attempt(call: "read", as: "read with a descriptor beyond 32 bits", 1 << 32),
                Attempt(call: "clock_gettime", as: "read the clock of another process", (~1 << 3) | 2),
                Attempt(call: "clock_nanosleep", as: "sleep by the clock of another process", (~1 << 3) | 2),
                Attempt(call: "madvise", as: "share pages that are alike", 0, page, 12),
                Attempt(call: "futex", as: "wait for another thread by its number", 0, 6),
                Attempt(
                    call: "mmap", as: "map huge pages", 0, page, Int(PROT_READ), anonymous | Int(MAP_HUGETLB), -1),
                Attempt(call: "mremap", as: "move memory to a chosen place", 0, page, page, 3),
                Attempt(call: "poll", as: "poll many descriptors", 0, 100, 0),
                Attempt(call: "mmap", as: "map executable memory", 0, page, Int(PROT_READ | PROT_EXEC), anonymous, -1),
                Attempt(call: "mmap", as: "map writable and executable memory", 0, page, 7, anonymous, -1),
                Attempt(
                    call: "mmap", as: "map shared memory", 0, page, Int(PROT_READ), Int(MAP_SHARED | MAP_ANONYMOUS), -1),
                Attempt(call: "mmap", as: "map a file", 0, page, Int(PROT_READ), Int(MAP_PRIVATE), 0),
                Attempt(call: "mprotect", as: "make memory executable", 0, page, Int(PROT_READ | PROT_EXEC)),
                Attempt("call by an x32 number") { cseccomp_call(0x4000_0000 | 39, 0, 0, 0, 0, 0, 0) },
            ].compactMap { $0 }
    }
}
