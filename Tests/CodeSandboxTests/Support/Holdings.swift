import Glibc

/// What this process and its zygote hold.
struct Holdings: Equatable {
    let descriptors: Int
    let zygoteDescriptors: Int
    let guests: Int

    init(zygote: pid_t) throws {
        self.descriptors = try Shell.names(in: "/proc/self/fd").count
        self.zygoteDescriptors = try Shell.names(in: "/proc/\(zygote)/fd").count
        self.guests = try Shell.file("/proc/\(zygote)/task/\(zygote)/children").split(separator: " ").count
    }
}
