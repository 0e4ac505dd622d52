import Glibc

/// Bytes in and out of a socket, without any of the care that an honest guest takes.
struct Wire {
    let descriptor: Int32
    private var outgoing: [UInt8] = []
    private static let flushThreshold = 64 * 1024

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    mutating func send(_ bytes: some Sequence<UInt8>) {
        self.outgoing += bytes
        if self.outgoing.count >= Self.flushThreshold { self.flush() }
    }

    mutating func flush() {
        self.write(self.outgoing)
        self.outgoing.removeAll(keepingCapacity: true)
    }

    /// Leaves everything unsent in single bytes.
    mutating func flushSlowly() {
        for byte in self.outgoing { self.write([byte]) }
        self.outgoing.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(self.descriptor, $0.baseAddress! + sent, bytes.count - sent)
            }
            if count < 0 && errno == EINTR { continue }
            // The host has hung up: there is nobody left to harm.
            guard count > 0 else { _exit(0) }
            sent += count
        }
    }

    /// The next frame; nil at the end of the stream.
    func receive() -> (kind: UInt8, id: UInt32, body: [UInt8])? {
        guard let header = self.read(9) else { return nil }
        let length = header[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard let body = self.read(length) else { return nil }
        return (header[4], header[5...].reduce(0) { $0 << 8 | UInt32($1) }, body)
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let result = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(self.descriptor, $0.baseAddress! + filled, count - filled)
            }
            if result < 0 && errno == EINTR { continue }
            guard result > 0 else { return nil }
            filled += result
        }
        return bytes
    }

    static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func frame(_ kind: UInt8, _ id: UInt32, _ body: some Collection<UInt8>) -> [UInt8] {
        Self.bigEndian(UInt32(body.count)) + [kind] + Self.bigEndian(id) + body
    }
}
