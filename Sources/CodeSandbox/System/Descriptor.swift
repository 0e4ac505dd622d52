import Glibc

/// An open file descriptor, closed when its owner lets go.
struct Descriptor: ~Copyable {
    let number: Int32

    init(owning number: Int32) { self.number = number }

    deinit { _ = Glibc.close(self.number) }

    /// Gives the number away; whoever takes it closes it.
    consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }

    /// Closes now, not when the scope ends.
    consuming func close() {}

    /// Ends the connection for every descriptor of this socket.
    func shutDown() { _ = Glibc.shutdown(self.number, Int32(SHUT_RDWR)) }

    func duplicate() throws(SystemError) -> Descriptor {
        let copy = fcntl(self.number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw SystemError(errno, "fcntl") }
        return Descriptor(owning: copy)
    }

    /// Everything until the other side closes; blocks, so never call it on an event loop.
    func readToEnd() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(self.number, &chunk, chunk.count)
            if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { return bytes }
        }
    }

    /// Sends bytes together with a descriptor, without waiting.
    ///
    /// - Throws: `EAGAIN` when the other side does not read.
    func send(_ bytes: [UInt8], passing number: Int32) throws(SystemError) {
        // One control message: header (length, level, type), the descriptor, padding to the alignment of the header.
        let headerBytes = MemoryLayout<cmsghdr>.size
        var control = [UInt64](repeating: 0, count: (headerBytes + 8) / 8)
        var bytes = bytes
        let socket = self.number
        let sent = unsafe control.withUnsafeMutableBytes { control in
            var header = cmsghdr()
            header.cmsg_len = headerBytes + 4
            header.cmsg_level = SOL_SOCKET
            header.cmsg_type = Int32(SCM_RIGHTS)
            unsafe control.storeBytes(of: header, as: cmsghdr.self)
            unsafe control.storeBytes(of: number, toByteOffset: headerBytes, as: Int32.self)
            return unsafe bytes.withUnsafeMutableBytes { bytes in
                var vector = unsafe iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
                return unsafe withUnsafeMutablePointer(to: &vector) { vector in
                    var message = unsafe msghdr()
                    unsafe message.msg_iov = vector
                    unsafe message.msg_iovlen = 1
                    unsafe message.msg_control = control.baseAddress
                    unsafe message.msg_controllen = control.count
                    return unsafe sendmsg(socket, &message, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                }
            }
        }
        guard sent == bytes.count else { throw SystemError(sent < 0 ? errno : EAGAIN, "sendmsg") }
    }
}

/// A system call that failed.
struct SystemError: Error, CustomStringConvertible {
    let number: Int32
    let call: String

    init(_ number: Int32, _ call: String) {
        self.number = number
        self.call = call
    }

    var description: String { "\(self.call) failed: \(unsafe String(cString: strerror(self.number)))" }
}
