import JSON
import NIOCore
import Observability
import Sessions
import Synchronization

/// Work that goes on after its request has been answered, for its principal to ask about.
final class TrackedTask: Sendable {
    private struct State {
        var status = TaskStatus.working
        var updatedAt: Int
        var input = TaskInput()
        var outcome: Result<ResultBody, RPCError>?
        var waiting: CheckedContinuation<Answers, any Error>?
        var cancel: (@Sendable () -> Void)?
    }
    /// Unguessable.
    let id: String
    let principal: Principal
    let createdAt: Int
    private let lifetime: Duration
    private let encoder: MessageEncoder
    private let now: @Sendable () -> Int
    private let onChange: @Sendable (TrackedTask) -> Void
    private let onDiscard: @Sendable (TrackedTask) -> Void
    private let state: Mutex<State>

    init(
        principal: Principal, lifetime: Duration, encoder: MessageEncoder, now: @escaping @Sendable () -> Int,
        onChange: @escaping @Sendable (TrackedTask) -> Void, onDiscard: @escaping @Sendable (TrackedTask) -> Void
    ) {
        self.id = SessionID.generate().rawValue
        self.principal = principal
        self.createdAt = now()
        self.lifetime = lifetime
        self.encoder = encoder
        self.now = now
        self.onChange = onChange
        self.onDiscard = onDiscard
        self.state = Mutex(State(updatedAt: self.createdAt))
    }

    /// When the task ended, if it has; seconds since 1970.
    var endedAt: Int? { self.state.withLock { $0.status.isFinal ? $0.updatedAt : nil } }

    /// Forgets the task before anybody has heard of it.
    func discard() { self.onDiscard(self) }

    /// Calls back when somebody wants the work to stop.
    func onCancel(_ cancel: @escaping @Sendable () -> Void) {
        let isCancelled = self.state.withLock { state in
            state.cancel = cancel
            return state.status == .cancelled
        }
        if isCancelled { cancel() }
    }

    // MARK: For clients

    /// The answer to the request that began the task.
    var created: ResultBody { ResultBody(self.state.withLock { self.fields($0) }, type: .task) }

    /// The answer to `tasks/get`.
    var snapshot: ResultBody { ResultBody(self.detailed) }

    /// The parameters of `notifications/tasks`, without `_meta`.
    var detailed: JSONObject {
        self.state.withLock { state in
            var fields = self.fields(state)
            if state.status == .inputRequired {
                fields["inputRequests"] = .object(state.input.requests(for: .july2026))
            }
            switch state.outcome {
            case .success(let body) where state.status == .completed: fields["result"] = self.inlined(body)
            case .failure(let error) where state.status == .failed: fields["error"] = .object(error.members)
            default: break
            }
            return fields
        }
    }

    /// Takes answers of the user; what is not asked is ignored.
    func update(_ responses: JSONObject) {
        let (waiting, answers) = self.state.withLock { state -> (CheckedContinuation<Answers, any Error>?, Answers?) in
            guard state.status == .inputRequired, let answers = state.input.take(responses) else { return (nil, nil) }
            self.move(&state, to: .working)
            defer { state.waiting = nil }
            return (state.waiting, answers)
        }
        guard let answers else { return }
        waiting?.resume(returning: answers)
        self.onChange(self)
    }

    /// Stops the work; does nothing to a task that has ended.
    func cancel() {
        let cancel = self.state.withLock { $0.status.isFinal ? nil : $0.cancel }
        self.markCancelled()
        cancel?()
    }

    // MARK: For the work

    /// Waits until the user has answered.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func ask(_ required: InputRequired) async throws -> Answers {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isAsked = self.state.withLock { state in
                    guard !state.status.isFinal, !Task.isCancelled else { return false }
                    state.input.ask(required.questions)
                    state.waiting = continuation
                    self.move(&state, to: .inputRequired)
                    return true
                }
                guard isAsked else { return continuation.resume(throwing: CancellationError()) }
                self.onChange(self)
            }
        } onCancel: {
            self.markCancelled()
        }
    }

    func finish(_ outcome: Result<ResultBody, RPCError>) {
        let isFirst = self.state.withLock { state in
            guard !state.status.isFinal else { return false }
            state.outcome = outcome
            if case .success = outcome { self.move(&state, to: .completed) } else { self.move(&state, to: .failed) }
            state.cancel = nil
            return true
        }
        if isFirst { self.onChange(self) }
    }

    func markCancelled() {
        let (isFirst, waiting) = self.state.withLock { state in
            guard !state.status.isFinal else { return (false, CheckedContinuation<Answers, any Error>?.none) }
            self.move(&state, to: .cancelled)
            defer { (state.waiting, state.cancel) = (nil, nil) }
            return (true, state.waiting)
        }
        waiting?.resume(throwing: CancellationError())
        if isFirst { self.onChange(self) }
    }

    private func move(_ state: inout State, to status: TaskStatus) {
        state.status = status
        state.updatedAt = self.now()
    }

    private func fields(_ state: State) -> JSONObject {
        [
            "taskId": .string(self.id), "status": .string(state.status.rawValue),
            "createdAt": .string(WallClock.text(seconds: self.createdAt)),
            "lastUpdatedAt": .string(WallClock.text(seconds: state.updatedAt)),
            "ttlMs": JSONValue(Int(self.lifetime / .milliseconds(1))),
            "pollIntervalMs": JSONValue(TaskExtension.pollIntervalMilliseconds),
        ]
    }

    /// The result as the request would have got it.
    private func inlined(_ body: ResultBody) -> JSONValue {
        var buffer = ByteBuffer()
        self.encoder.writeResult(body, into: &buffer)
        return (try? JSONValue(parsing: buffer.readableBytesUInt8Span)) ?? nil
    }
}
