import CSeccomp
import Glibc

/// The allow-list of system calls of a run, as a program for the kernel.
///
/// Built once in the zygote, because building takes milliseconds and installing microseconds. Everything that is not
/// on the list kills the process; so does every call of another architecture.
struct SystemCallFilter {
    /// `struct sock_filter` array.
    private let program: [UInt8]
    private static let instructionBytes = 8

    struct Unavailable: Error { let description: String }

    /// - Parameter channel: the one descriptor that may be read and written.
    init(channel: Int32) throws(Unavailable) {
        guard let filter = unsafe seccomp_init(SCMP_ACT_KILL_PROCESS) else {
            throw Unavailable(description: "seccomp_init failed")
        }
        defer { unsafe seccomp_release(filter) }
        func allow(_ name: String, _ conditions: [scmp_arg_cmp] = []) throws(Unavailable) {
            let number = unsafe seccomp_syscall_resolve_name(name)
            // Names that this architecture does not have resolve to negative numbers.
            guard number >= 0 else { return }
            let result = unsafe cseccomp_allow(filter, number, UInt32(conditions.count), conditions)
            guard result == 0 else { throw Unavailable(description: "seccomp rule for \(name): error \(-result)") }
        }
        let onChannel = [scmp_arg_cmp(arg: 0, op: SCMP_CMP_EQ, datum_a: UInt64(channel), datum_b: 0)]
        for name in ["read", "write"] { try allow(name, onChannel) }
        // At most one descriptor to wait for; poll writes only into the caller's memory.
        for name in ["poll", "ppoll"] {
            try allow(name, [scmp_arg_cmp(arg: 1, op: SCMP_CMP_LE, datum_a: 1, datum_b: 0)])
        }
        // Memory of its own, never shared, never executable.
        let notExecutable = scmp_arg_cmp(arg: 2, op: SCMP_CMP_MASKED_EQ, datum_a: UInt64(PROT_EXEC), datum_b: 0)
        let ownMemory = UInt64(MAP_PRIVATE | MAP_ANONYMOUS)
        let anonymous = scmp_arg_cmp(
            arg: 3, op: SCMP_CMP_MASKED_EQ, datum_a: ownMemory | UInt64(MAP_SHARED), datum_b: ownMemory)
        try allow("mmap", [notExecutable, anonymous])
        try allow("mprotect", [notExecutable])
        for name in ["munmap", "mremap", "brk", "madvise"] { try allow(name) }
        for name in ["clock_gettime", "clock_nanosleep", "nanosleep", "gettimeofday", "restart_syscall"] {
            try allow(name)
        }
        for name in ["futex", "getrandom", "sched_yield", "rt_sigreturn", "exit", "exit_group"] { try allow(name) }
        self.program = try unsafe Self.exported(filter)
    }

    private static func exported(_ filter: scmp_filter_ctx) throws(Unavailable) -> [UInt8] {
        let file = cseccomp_memory_file()
        guard file >= 0 else { throw Unavailable(description: "memfd_create: error \(errno)") }
        defer { close(file) }
        let result = unsafe seccomp_export_bpf(filter, file)
        guard result == 0 else { throw Unavailable(description: "seccomp_export_bpf: error \(-result)") }
        let size = Int(lseek(file, 0, SEEK_END))
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = unsafe max(0, pread(file, buffer.baseAddress, size, 0))
        }
        guard bytes.count == size, size > 0, size % Self.instructionBytes == 0 else {
            throw Unavailable(description: "the exported filter could not be read back")
        }
        return bytes
    }

    /// From here on this process can do only what the list names.
    ///
    /// Needs `no_new_privs`.
    func install() -> Bool {
        unsafe self.program.withUnsafeBytes { bytes in
            unsafe cseccomp_install(bytes.baseAddress, UInt16(bytes.count / Self.instructionBytes)) == 0
        }
    }
}
