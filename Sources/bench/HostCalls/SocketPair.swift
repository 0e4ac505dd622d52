import CLinux
import Foundation
import Glibc

/// Messages back and forth between two processes over a bare socketpair: what a call out of a sandbox cannot undercut.
///
/// As in the sandbox, the one that asks waits in `read`, and the one that answers waits in `epoll_wait`.
enum SocketPair {
    /// Where the two processes run.
    enum Placement: CaseIterable {
        /// Each on a processor of its own.
        case apart
        /// Both on the same one, which neither has to wake.
        case together
        /// Wherever the kernel puts them.
        case free

        /// Of the one that asks and the one that answers.
        func processors(among all: Processors) -> (near: Processors, far: Processors) {
            switch self {
            case .apart: (all[0], all[1])
            case .together: (all[0], all[0])
            case .free: (all, all)
            }
        }
    }

    struct Failed: Error, CustomStringConvertible { let description: String }

    static let requestBytes = 96

    /// Time of one round trip, the mean of `count`, with a fresh process on the other side.
    ///
    /// - Returns: nil where there are too few processors for the placement.
    static func roundTrip(count: Int, answerBytes: Int, _ placement: Placement) throws -> Duration? {
        let all = Processors.current
        guard placement != .apart || all.numbers.count > 1 else { return nil }
        let (near, far) = placement.processors(among: all)
        defer { all.use() }
        var ends: [Int32] = [-1, -1]
        guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw Failed(description: "no socketpair")
        }
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["answer", "--bytes", String(answerBytes)]
        let standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        child.standardInput = standardInput
        // What is started inherits where it may run.
        far.use()
        try child.run()
        near.use()
        try standardInput.close()
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
        let poll = epoll_create1(0)
        var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t())
        guard poll >= 0, unsafe epoll_ctl(poll, EPOLL_CTL_ADD, 0, &event) == 0 else { return }
        while unsafe epoll_wait(poll, &event, 1, -1) == 1, self.read(into: &request, from: 0),
            self.write(answer, to: 0)
        {}
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
