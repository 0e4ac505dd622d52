import JSON
import NIOCore
import Synchronization

/// A request at work: the task it runs in, the one answer it owes, and the way to its client meanwhile.
final class RunningRequest: RequestChannel {
    private struct State {
        var task: Task<Void, Never>?
        var isCancelled = false
        var isAnswered = false
        var progress = ProgressGate()
        /// The task the request has become.
        var tracked: TrackedTask?
        /// An answer has been decided on that no task could give.
        var staysRequest = false
    }
    let id: RequestID
    let revision: ProtocolRevision
    private let encoder: MessageEncoder
    private let sink: any MessageSink
    private let progressToken: ProgressToken?
    /// Messages less severe are not wanted; nil when none are.
    private let logThreshold: LogLevel?
    /// Makes the task a request goes on as; nil when its client cannot follow one.
    private let track: (@Sendable () throws(RPCError) -> TrackedTask)?
    private let state = Mutex(State())

    init(
        id: RequestID, revision: ProtocolRevision, encoder: MessageEncoder, sink: any MessageSink,
        progressToken: ProgressToken?, logThreshold: LogLevel?,
        track: (@Sendable () throws(RPCError) -> TrackedTask)? = nil
    ) {
        self.id = id
        self.revision = revision
        self.encoder = encoder
        self.sink = sink
        self.progressToken = progressToken
        self.logThreshold = logThreshold
        self.track = track
    }

    /// The task the request has become, if it has.
    var tracked: TrackedTask? { self.state.withLock { $0.tracked } }

    /// The task the request has become; if it has not, it will not become one any more.
    func settledTask() -> TrackedTask? {
        self.state.withLock { state in
            if state.tracked == nil { state.staysRequest = true }
            return state.tracked
        }
    }

    // MARK: Ending

    /// Makes `task` the one that is stopped with the request, even if that was asked before.
    func attach(_ task: Task<Void, Never>) {
        let isCancelled = self.state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    /// Stops the work; whoever waits is answered now, not when the handler gets round to stopping.
    func cancel(_ reason: String) {
        let (task, tracked, isFirst) = self.state.withLock { state in
            defer { (state.isCancelled, state.isAnswered) = (true, true) }
            return (state.task, state.tracked, !state.isAnswered)
        }
        task?.cancel()
        tracked?.markCancelled()
        if isFirst {
            self.sink.answer(MessageEncoder.error(id: self.id, RPCError(.cancelled, reason)), .cancelled)
        }
    }

    /// The client is gone: work that nobody else follows stops.
    func clientLeft() {
        guard self.tracked == nil else { return }
        self.cancel("The client closed the connection.")
    }

    func finish(_ outcome: Result<ResultBody, RPCError>) {
        let (isFirst, tracked) = self.state.withLock { state in
            defer { state.isAnswered = true }
            return (!state.isAnswered, state.tracked)
        }
        if let tracked { return tracked.finish(outcome) }
        if isFirst { self.answer(outcome) }
    }

    private func answer(_ outcome: Result<ResultBody, RPCError>) {
        switch outcome {
        case .success(let body): self.sink.answer(self.encoder.response(id: self.id, body), .result)
        case .failure(let error):
            let status: UInt = self.revision.isModern && error.code == .missingClientCapability ? 400 : 200
            self.sink.answer(MessageEncoder.error(id: self.id, error), .failure(status: status))
        }
    }

    // MARK: Meanwhile

    func report(_ progress: Double, total: Double?, message: String?) {
        guard let progressToken else { return }
        let isDue = self.state.withLock { !$0.isAnswered && $0.progress.admit(progress) }
        guard isDue else { return }
        self.sink.send(
            progressToken.notification(
                progress: progress, total: total, message: message, revision: self.revision))
    }

    func log(_ level: LogLevel, _ data: JSONValue, logger: String?) {
        guard let logThreshold, level >= logThreshold, self.state.withLock({ !$0.isAnswered }) else { return }
        var params: JSONObject = ["level": .string(level.name)]
        params["logger"] = logger.map { .string($0) }
        params["data"] = data
        self.sink.send(MessageEncoder.notification("notifications/message", params: .object(params)))
    }

    func disconnect(retryAfter: Duration) {
        if self.revision.hasPrimingEvents { self.sink.disconnect(retryAfter: retryAfter) }
    }

    /// Sends a request of the server's own, where there is a way to.
    func send(_ message: ByteBuffer) { self.sink.send(message) }

    /// Shows a client that waits that somebody is there.
    func keepWaiting() {
        if self.state.withLock({ !$0.isAnswered }) { self.sink.startStream() }
    }

    func continueAsTask() throws {
        guard let track, self.state.withLock({ $0.tracked == nil && !$0.staysRequest }) else { return }
        let tracked = try track()
        let isOurs = self.state.withLock { state in
            guard !state.isAnswered, !state.staysRequest, state.tracked == nil else { return false }
            (state.tracked, state.isAnswered) = (tracked, true)
            return true
        }
        // A request that has just ended or been cancelled leaves nothing behind.
        guard isOurs else { return tracked.discard() }
        tracked.onCancel { [weak self] in self?.state.withLock { $0.task }?.cancel() }
        self.sink.answer(self.encoder.response(id: self.id, tracked.created), .result)
    }
}
