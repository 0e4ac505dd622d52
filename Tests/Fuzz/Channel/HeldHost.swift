import Dispatch
import FuzzSupport
import NIOCore
import Synchronization

@testable import CodeSandbox

/// Answers calls when the script says so.
final class HeldHost: HostCalls {
    private struct State {
        var calls = 0
        var waiting: [CheckedContinuation<HostReply, Never>] = []
        var isReleased = false
    }
    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)

    private static let nothing = HostReply.value(ByteBuffer(string: "null"))

    var calls: Int { self.state.withLock { $0.calls } }

    func call(_ name: String, arguments: ByteBuffer) async -> HostReply {
        await withCheckedContinuation { continuation in
            let isReleased = self.state.withLock { state in
                state.calls += 1
                if !state.isReleased { state.waiting.append(continuation) }
                return state.isReleased
            }
            self.arrived.signal()
            if isReleased { continuation.resume(returning: Self.nothing) }
        }
    }

    /// Waits until so many calls have come, each on a task of its own.
    func waitForCalls(_ count: Int) {
        while self.calls < count {
            promise(self.arrived.wait(timeout: .now() + .seconds(10)) == .success, "a call that never comes")
        }
    }

    /// Answers the call that came first of those that wait.
    func answer(_ reply: HostReply) {
        let waiting = self.state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        guard let waiting else { finding("no call waits for an answer") }
        waiting.resume(returning: reply)
    }

    /// From now on nothing is held.
    func release() {
        let waiting = self.state.withLock { state in
            state.isReleased = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: Self.nothing) }
    }
}
