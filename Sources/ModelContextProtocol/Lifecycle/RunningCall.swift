import NIOCore
import Synchronization

/// One running tool call: its task, and the one answer it owes.
final class RunningCall: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var isCancelled = false
        var isAnswered = false
        var progress = ProgressGate()
    }
    let id: RequestID
    private let sink: AnswerSink
    private let state = Mutex(State())

    init(id: RequestID, sink: AnswerSink) {
        self.id = id
        self.sink = sink
    }

    /// Makes `task` the one that ``cancel(_:)`` stops, even if that was called before.
    func attach(_ task: Task<Void, Never>) {
        let isCancelled = self.state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    /// Stops the work; the client is answered now, not when the tool gets round to stopping.
    func cancel(_ error: RPCError) {
        let (task, isFirst) = self.state.withLock { state in
            defer { (state.isCancelled, state.isAnswered) = (true, true) }
            return (state.task, !state.isAnswered)
        }
        task?.cancel()
        if isFirst { self.sink.cancelled(MessageEncoder.error(id: self.id, error)) }
    }

    func succeed(_ result: ByteBuffer) {
        guard self.claimAnswer() else { return }
        self.sink.answer(MessageEncoder.response(id: self.id, result: result))
    }

    /// Sends a progress notification if `progress` has risen and the call is not answered yet.
    func report(_ progress: Double, _ notification: @autoclosure () -> ByteBuffer) {
        let isDue = self.state.withLock { !$0.isAnswered && $0.progress.admit(progress) }
        if isDue { self.sink.notify(notification()) }
    }

    private func claimAnswer() -> Bool {
        self.state.withLock { state in
            defer { state.isAnswered = true }
            return !state.isAnswered
        }
    }
}
