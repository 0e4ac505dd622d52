import CSeccomp
import Glibc

/// The walls that each guest raises by itself, right after its birth: what differs from run to run, and the last filter.
///
/// Everything else it is born behind, see `Confinement`.
struct Lockdown {
    /// Where the channel is afterwards, the only descriptor left, and the only one that the limit leaves room for.
    static let channelDescriptor: Int32 = 0
    /// What the process may map besides the JavaScript heap: its own image, and one large reply.
    private static let memorySlack: UInt64 = 128 << 20

    struct Failed: Error {
        let wall: Wall
        let number: Int32
    }

    /// nil where the kernel has no filters, and the operator does not insist on them.
    let filter: SystemCallFilter?
    /// What the zygote had mapped when it was ready.
    let mappedBytes: UInt64
    /// The walls without which a guest does not go on.
    let required: Set<Wall>

    /// - Parameter filters: whether the system call filter is wanted; without it the other walls can be tried.
    /// - Throws: the first required wall that could not be raised; the process must not go on then.
    func raise(channel: Int32, parent: pid_t, limits: RunLimits, filters: Bool = true) throws(Failed) {
        try self.require(.descriptors, self.keepOnly(channel))
        try self.require(.limits, self.limitResources(limits))
        try self.require(.parentDeath, cseccomp_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL)) == 0 && getppid() == parent)
        try self.require(.notDumpable, cseccomp_prctl(PR_SET_DUMPABLE, 0) == 0)
        try self.require(.noNewPrivileges, cseccomp_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0)
        if filters { try self.require(.guestFilter, self.filter?.install() ?? false) }
    }

    private func require(_ wall: Wall, _ isUp: Bool) throws(Failed) {
        guard !isUp, self.required.contains(wall) else { return }
        throw Failed(wall: wall, number: errno)
    }

    private func keepOnly(_ channel: Int32) -> Bool {
        let target = Self.channelDescriptor
        if channel != target { guard dup2(channel, target) == target else { return false } }
        return cseccomp_close_range(UInt32(target + 1), UInt32.max) == 0
    }

    private func limitResources(_ limits: RunLimits) -> Bool {
        let data = limits.memoryBytes + Self.memorySlack
        let wanted: [(Int32, UInt64)] = [
            (cseccomp_limit_data, data), (cseccomp_limit_address_space, data + self.mappedBytes),
            (cseccomp_limit_processes, 0),
            (cseccomp_limit_descriptors, UInt64(Self.channelDescriptor) + 1), (cseccomp_limit_file_size, 0),
            (cseccomp_limit_core, 0), (cseccomp_limit_stack, UInt64(Engine.stackBytes) * 4),
            (cseccomp_limit_locked, 0), (cseccomp_limit_queues, 0),
        ]
        return cseccomp_limit_processor(rlim_t(limits.cpuSeconds)) == 0
            && wanted.allSatisfy { cseccomp_limit($0, rlim_t($1)) == 0 }
    }

    /// What this process has mapped, from the kernel's own count.
    static func currentlyMappedBytes() -> UInt64? {
        guard let file = unsafe fopen("/proc/self/statm", "re") else { return nil }
        defer { unsafe fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard unsafe fgets(&line, Int32(line.count), file) != nil else { return nil }
        let digits = line.prefix { $0 >= 48 && $0 <= 57 }
        let pages = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 48) }
        return pages == 0 ? nil : pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
