import CSeccomp
import Glibc

/// A system call that a filter lets through, when all conditions on its arguments hold.
struct AllowedCall {
    let name: String
    let conditions: [scmp_arg_cmp]

    init(_ name: String, _ conditions: scmp_arg_cmp...) {
        self.name = name
        self.conditions = conditions
    }

    static func list(for purpose: SystemCallFilter.Purpose) -> [AllowedCall] {
        switch purpose {
        case .guest(let channel):
            Self.computing + Self.polling(atMost: 1) + Self.onDescriptors(["read", "write"], [channel])
        case .zygote(let control, let signals):
            // Its children speak on their channel before their own filter stands, to tell which wall does not.
            Self.computing + Self.polling(atMost: 2) + Self.forking
                + Self.onDescriptors(["read", "write"], [Lockdown.channelDescriptor, control])
                + Self.onDescriptors(["read"], [signals])
        case .waiting: ["wait4", "rt_sigreturn", "exit_group", "close"].map { AllowedCall($0) }
        }
    }

    // MARK: What a run needs

    /// Memory of its own, never shared, never executable; the clock; the end.
    private static var computing: [AllowedCall] {
        let notExecutable = Self.without(argument: 2, UInt64(PROT_EXEC))
        // Nothing but these flags: no huge pages, no memory that grows by itself.
        let harmless = UInt64(MAP_FIXED | MAP_NORESERVE | MAP_STACK)
        let ownMemory = scmp_arg_cmp(
            arg: 3, op: SCMP_CMP_MASKED_EQ, datum_a: ~harmless, datum_b: UInt64(MAP_PRIVATE | MAP_ANONYMOUS))
        // The clocks of the system and of the caller; the numbers above them are those of other processes.
        let ownClock = Self.atMost(argument: 0, UInt64(CLOCK_MONOTONIC_COARSE) + 1)
        return [
            AllowedCall("mmap", notExecutable, ownMemory), AllowedCall("mprotect", notExecutable),
            // Growing what is there, which is never executable unless it was from the start.
            AllowedCall("mremap", Self.atMost(argument: 3, 1 /* MREMAP_MAYMOVE */)),
            AllowedCall("clock_gettime", ownClock), AllowedCall("clock_nanosleep", ownClock),
        ]
            + [MADV_DONTNEED, MADV_FREE].map { AllowedCall("madvise", Self.equal(argument: 2, UInt64($0))) }
            // Waiting and waking within this process; no operation that names a thread.
            + [128, 129, 137, 393].map { AllowedCall("futex", Self.equal(argument: 1, $0)) }
            + [
                "munmap", "brk", "nanosleep", "gettimeofday", "restart_syscall", "getrandom", "sched_yield",
                "rt_sigreturn", "exit", "exit_group",
            ].map { AllowedCall($0) }
    }

    /// Waiting for a few descriptors; poll writes only into the caller's memory.
    private static func polling(atMost count: UInt64) -> [AllowedCall] {
        ["poll", "ppoll"].map { AllowedCall($0, Self.atMost(argument: 1, count)) }
    }

    private static func onDescriptors(_ names: [String], _ descriptors: Set<Int32>) -> [AllowedCall] {
        descriptors.flatMap { descriptor in
            names.map { AllowedCall($0, Self.equal(argument: 0, UInt64(descriptor))) }
        }
    }

    // MARK: What the zygote needs besides

    /// Receiving, forking, waiting, killing, and what a child does before it raises its own filter.
    private static var forking: [AllowedCall] {
        // fork(2) of glibc: a new process, nothing shared, no new namespace.
        let shares = ~UInt64(CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)
        let plainFork = scmp_arg_cmp(arg: 0, op: SCMP_CMP_MASKED_EQ, datum_a: shares, datum_b: UInt64(SIGCHLD))
        return [
            AllowedCall("clone", plainFork),
            AllowedCall("kill", Self.equal(argument: 1, UInt64(SIGKILL))),
            AllowedCall("seccomp", Self.equal(argument: 0, UInt64(SECCOMP_SET_MODE_FILTER))),
            // Only for itself.
            AllowedCall("prlimit64", Self.equal(argument: 0, 0)),
            // What dup2(2) is where the kernel has only this.
            AllowedCall("dup3", Self.equal(argument: 2, 0)),
        ]
            + ["recvmsg", "wait4", "close", "close_range", "dup2", "getrlimit", "setrlimit"].map { AllowedCall($0) }
            + ["getpid", "getppid", "gettid", "set_robust_list", "rseq", "rt_sigprocmask"].map { AllowedCall($0) }
            + [PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS].map {
                AllowedCall("prctl", Self.equal(argument: 0, UInt64($0)))
            }
    }

    // MARK: Conditions

    private static func equal(argument: UInt32, _ value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
    }

    private static func atMost(argument: UInt32, _ value: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_LE, datum_a: value, datum_b: 0)
    }

    private static func without(argument: UInt32, _ bits: UInt64) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: bits, datum_b: 0)
    }
}
