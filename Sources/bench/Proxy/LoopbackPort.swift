import Glibc

/// Ports of 127.0.0.1.
enum LoopbackPort {
    struct None: Error, CustomStringConvertible { let description = "no port is free on 127.0.0.1" }

    /// One that was free a moment ago.
    static func free() throws -> Int {
        let port = self.withSocket { socket -> Int? in
            guard unsafe self.call(socket, port: 0, bind) == 0 else { return nil }
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = unsafe withUnsafeMutableBytes(of: &address) { bytes in
                unsafe getsockname(socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
            }
            return result == 0 ? Int(UInt16(bigEndian: address.sin_port)) : nil
        }
        guard let port else { throw None() }
        return port
    }

    static func isOpen(_ port: Int) -> Bool {
        self.withSocket { unsafe self.call($0, port: port, connect) == 0 }
    }

    private static func withSocket<Result>(_ body: (CInt) -> Result) -> Result {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        return body(socket)
    }

    @unsafe
    private static func call(
        _ socket: CInt, port: Int, _ function: (CInt, UnsafePointer<sockaddr>?, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe function(
                socket, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
