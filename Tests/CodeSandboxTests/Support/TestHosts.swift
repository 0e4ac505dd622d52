import CodeSandbox
import NIOCore
import Synchronization

/// Answers every call with its own arguments, and remembers them.
final class EchoHost: HostCalls {
    let calls = Mutex<[String]>([])

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        self.calls.withLock { $0.append("\(name) \(String(buffer: arguments))") }
        return .value(arguments)
    }
}

/// Answers every call with the same reply.
struct FixedHost: HostCalls {
    var reply: HostReply

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply { self.reply }
}

/// Answers no call before `count` of them are outstanding, which only concurrent calls can reach.
final class RendezvousHost: HostCalls {
    private struct State {
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let count: Int
    private let state = Mutex(State())

    init(count: Int) { self.count = count }

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        await withCheckedContinuation { continuation in
            let released = self.state.withLock { state in
                state.waiting.append(continuation)
                guard state.waiting.count == self.count else { return [] as [CheckedContinuation<Void, Never>] }
                defer { state.waiting = [] }
                return state.waiting
            }
            for waiter in released { waiter.resume() }
        }
        return .value(ByteBuffer(string: "1"))
    }
}

/// Tells when a call arrived and answers when told to; says whether its task was cancelled.
final class HeldHost: HostCalls {
    let arrived: AsyncStream<Void>
    let cancelled: AsyncStream<Void>
    private let arrivals: AsyncStream<Void>.Continuation
    private let cancellations: AsyncStream<Void>.Continuation

    init() {
        (self.arrived, self.arrivals) = AsyncStream.makeStream()
        (self.cancelled, self.cancellations) = AsyncStream.makeStream()
    }

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        self.arrivals.yield()
        // Ends by cancellation alone.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(60)) }
        self.cancellations.yield()
        return .value(ByteBuffer(string: "null"))
    }
}
