import JSON
import NIOCore
import Synchronization

/// Requests of the server that wait for a legacy client's answer.
final class PendingRequests: Sendable {
    enum Outcome: Sendable {
        case result(JSONValue)
        /// The client answered with an error.
        case refused
        /// Nobody answered in time, the session ended, or the call that asked was cancelled.
        case none
    }
    private struct State {
        var waiting: [RequestID: CheckedContinuation<Outcome, Never>] = [:]
        var last = 0
        var hasEnded = false
    }
    private let state = Mutex(State())

    /// An id for a request of the server; clients count their own.
    func nextID() -> RequestID {
        self.state.withLock { state in
            state.last += 1
            return .string("server-\(state.last)")
        }
    }

    /// Waits for the answer to `id`; `send` is called once the answer cannot be missed.
    func wait(for id: RequestID, timeout: Duration, on eventLoop: any EventLoop, send: () -> Void) async -> Outcome {
        let overdue = eventLoop.scheduleTask(in: TimeAmount(timeout)) { self.resolve(id, .none) }
        defer { overdue.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = self.state.withLock { state in
                    guard !state.hasEnded, !Task.isCancelled else { return false }
                    state.waiting[id] = continuation
                    return true
                }
                if isWaiting { send() } else { continuation.resume(returning: .none) }
            }
        } onCancel: {
            self.resolve(id, .none)
        }
    }

    /// Late answers and unknown ids are ignored.
    func resolve(_ id: RequestID, _ outcome: Outcome) {
        self.state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: outcome)
    }

    func end() {
        let waiting = self.state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: .none) }
    }
}
