import Glibc

/// Two connected stream sockets, not inherited by other programs.
struct SocketPair: ~Copyable {
    let ours: Descriptor
    let theirs: Descriptor

    init() throws(SystemError) {
        var pair: (Int32, Int32) = (-1, -1)
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let result = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe socketpair(AF_UNIX, type, 0, $0) }
        }
        guard result == 0 else { throw SystemError(errno, "socketpair") }
        self.ours = Descriptor(owning: pair.0)
        self.theirs = Descriptor(owning: pair.1)
    }
}
