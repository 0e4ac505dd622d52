import Foundation
import Glibc

/// Messages back and forth between two processes over a bare socketpair: what a call out of a sandbox cannot undercut.
enum SocketPair {
    struct Failed: Error, CustomStringConvertible { let description: String }

    static let requestBytes = 96

    /// Time of one round trip, the mean of `count`, with a fresh process on the other side.
    static func roundTrip(count: Int, answerBytes: Int) throws -> Duration {
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw Failed(description: "no socketpair")
        }
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["answer", "--bytes", String(answerBytes)]
        let far = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        child.standardInput = far
        try child.run()
        try far.close()
        defer {
            close(ends[0])
            child.waitUntilExit()
        }
        let request = [UInt8](repeating: 0x61, count: self.requestBytes)
        var answer = [UInt8](repeating: 0, count: answerBytes)
        func exchange(_ count: Int) throws {
            for _ in 0..<count {
                guard self.write(request, to: ends[0]), self.read(into: &answer, from: ends[0]) else {
                    throw Failed(description: "the other side has gone")
                }
            }
        }
        // Until both sides are warm.
        try exchange(200)
        let start = ContinuousClock.now
        try exchange(count)
        return (ContinuousClock.now - start) / count
    }

    /// The other side: answers each request on standard input until that closes.
    static func answer(bytes: Int) {
        var request = [UInt8](repeating: 0, count: self.requestBytes)
        let answer = [UInt8](repeating: 0x62, count: bytes)
        while self.read(into: &request, from: 0), self.write(answer, to: 0) {}
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func read(into bytes: inout [UInt8], from descriptor: Int32) -> Bool {
        var received = 0
        while received < bytes.count {
            let count = unsafe bytes[received...].withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return false }
            received += count
        }
        return true
    }
}
