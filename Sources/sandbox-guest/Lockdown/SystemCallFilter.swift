import CSeccomp
import Glibc

/// An allow-list of system calls, as a program for the kernel.
///
/// Built once, because building takes milliseconds and installing microseconds. Everything that is not on the list
/// kills the process; so does every call of another architecture.
struct SystemCallFilter {
    /// Whom a filter is for.
    enum Purpose {
        /// A run, which has one descriptor.
        case guest(channel: Int32)
        /// The zygote: it hears the host, forks, waits, and has to leave its children what they need.
        case zygote(control: Int32, signals: Int32)
        /// The process that only waits for the zygote to end.
        case waiting
    }

    /// `struct sock_filter` array.
    private let program: [UInt8]
    private static let instructionBytes = 8

    struct Unavailable: Error { let description: String }

    init(_ purpose: Purpose) throws(Unavailable) {
        guard let filter = unsafe seccomp_init(SCMP_ACT_KILL_PROCESS) else {
            throw Unavailable(description: "seccomp_init failed")
        }
        defer { unsafe seccomp_release(filter) }
        // A search tree instead of a chain: a call is found in a few steps wherever it stands.
        unsafe seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)
        for call in AllowedCall.list(for: purpose) {
            let number = unsafe seccomp_syscall_resolve_name(call.name)
            // Names that this architecture does not have resolve to negative numbers.
            guard number >= 0 else { continue }
            let conditions = call.conditions
            let result = unsafe cseccomp_allow(filter, number, UInt32(conditions.count), conditions)
            guard result == 0 else {
                throw Unavailable(description: "seccomp rule for \(call.name): error \(-result)")
            }
        }
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
