import CSeccomp
import Glibc

/// Takes every right away from a freshly forked process, in an order in which each step still can be done.
struct Lockdown {
    /// Where the channel is afterwards, the only descriptor left.
    static let channelDescriptor: Int32 = 3
    private static let nobody: UInt32 = 65534
    /// What the process may map besides the JavaScript heap: its own image, and one large reply.
    private static let memorySlack: UInt64 = 128 << 20

    struct Failed: Error { let wall: String }

    let filter: SystemCallFilter
    /// What the zygote had mapped when it was ready.
    let mappedBytes: UInt64

    /// - Throws: the first wall that could not be raised; the process must not go on then.
    func raise(channel: Int32, parent: pid_t, limits: RunLimits) throws(Failed) {
        try self.require("one descriptor", self.keepOnly(channel))
        try self.require("resource limits", self.limitResources(limits))
        if geteuid() == 0 {
            try self.require("bounding set", cseccomp_drop_capabilities() == 0)
            try self.require("user", cseccomp_become(Self.nobody, Self.nobody) == 0)
        }
        try self.require("capabilities", cseccomp_clear_capability_sets() == 0)
        // After the change of user, which would undo both.
        try self.require("parent death signal", cseccomp_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL)) == 0)
        try self.require("living parent", getppid() == parent)
        try self.require("not dumpable", cseccomp_prctl(PR_SET_DUMPABLE, 0) == 0)
        try self.require("no new privileges", cseccomp_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0)
        try self.require("system call filter", self.filter.install())
    }

    private func require(_ wall: String, _ isUp: Bool) throws(Failed) {
        guard isUp else { throw Failed(wall: "\(wall) (error \(errno))") }
    }

    private func keepOnly(_ channel: Int32) -> Bool {
        let target = Self.channelDescriptor
        if channel != target { guard dup2(channel, target) == target else { return false } }
        for standard in 0..<target { close(standard) }
        return cseccomp_close_range(UInt32(target + 1), UInt32.max) == 0
    }

    private func limitResources(_ limits: RunLimits) -> Bool {
        let data = limits.memoryBytes + Self.memorySlack
        let wanted: [(Int32, UInt64)] = [
            (cseccomp_limit_data, data), (cseccomp_limit_address_space, data + self.mappedBytes),
            (cseccomp_limit_cpu, UInt64(limits.cpuSeconds)), (cseccomp_limit_processes, 0),
            (cseccomp_limit_descriptors, UInt64(Self.channelDescriptor) + 1), (cseccomp_limit_file_size, 0),
            (cseccomp_limit_core, 0), (cseccomp_limit_stack, UInt64(Engine.stackBytes) * 4),
            (cseccomp_limit_locked, 0), (cseccomp_limit_queues, 0),
        ]
        return wanted.allSatisfy { cseccomp_limit($0, rlim_t($1)) == 0 }
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
