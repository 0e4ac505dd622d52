import HTTPServer
import NIOCore
import Sessions
import Synchronization

/// What the server keeps for one legacy session.
final class MCPSession: Sendable {
    /// How the session speaks; a session opened on one transport does not exist on the other.
    enum Transport: Sendable { case streamableHTTP, eventStream }

    /// What a handshake settled.
    struct Agreement: Sendable, Equatable {
        let revision: ProtocolRevision
        let client: ClientCapabilities
    }

    /// Where the server may speak unasked.
    private enum Standalone {
        case none
        /// Promised to a request that is about to open it.
        case reserved
        /// A numbered stream of Streamable HTTP; it can be resumed when its response is gone.
        case numbered(Int)
        /// The one stream of HTTP+SSE.
        case shared(EventStream)
        case ended
    }
    private struct State {
        var agreement: Agreement?
        var standalone = Standalone.none
        var calls: RunningCalls<RunningRequest>
        var streams: SessionStreams?
        var logLevel = LogLevel.info
        var subscriptions: Set<String> = []
        /// The client has said that it is ready for what it has not asked for.
        var isReady = false
        var isDraining = false
    }
    /// Resources one session may subscribe to, and how long their URIs may be.
    static let maximumSubscriptions = 64
    static let maximumURIBytes = 1024

    let id: SessionID
    let transport: Transport
    let pending = PendingRequests()
    private let budget: ReplayBudget
    private let state: Mutex<State>

    init(
        id: SessionID, transport: Transport, agreement: Agreement?, maximumRunningCalls: Int, budget: ReplayBudget
    ) {
        self.id = id
        self.transport = transport
        self.budget = budget
        self.state = Mutex(
            State(agreement: agreement, calls: RunningCalls(maximumCount: maximumRunningCalls)))
    }

    /// What was negotiated; nil before `initialize`, which over HTTP+SSE comes after the session.
    var agreement: Agreement? { self.state.withLock { $0.agreement } }

    /// Settles revision and capabilities; false when they were settled before.
    func negotiate(_ agreement: Agreement) -> Bool {
        self.state.withLock { state in
            guard state.agreement == nil else { return false }
            state.agreement = agreement
            return true
        }
    }

    /// The client has sent `notifications/initialized`.
    func markReady() { self.state.withLock { $0.isReady = $0.agreement != nil } }

    // MARK: Calls

    func admit(_ call: RunningRequest) -> RunningCalls<RunningRequest>.Admission {
        self.state.withLock { $0.calls.admit(call.id, call) }
    }

    func isRunning(_ id: RequestID) -> Bool { self.state.withLock { $0.calls[id] != nil } }

    func finish(_ id: RequestID) { self.state.withLock { $0.calls.finish(id) } }

    /// Cancels a running call at the client's wish; late and unknown ids are ignored.
    func cancelCall(_ id: RequestID) {
        self.state.withLock { $0.calls[id] }?.cancel("The request was cancelled.")
    }

    // MARK: Wishes

    var logLevel: LogLevel {
        get { self.state.withLock { $0.logLevel } }
        set { self.state.withLock { $0.logLevel = newValue } }
    }

    /// False when there are too many.
    func subscribe(to uri: String) -> Bool {
        self.state.withLock { state in
            guard state.subscriptions.count < Self.maximumSubscriptions || state.subscriptions.contains(uri) else {
                return false
            }
            state.subscriptions.insert(uri)
            return true
        }
    }

    func unsubscribe(from uri: String) { self.state.withLock { _ = $0.subscriptions.remove(uri) } }

    func wants(_ change: Change) -> Bool {
        self.state.withLock { state in
            guard state.isReady else { return false }
            return switch change {
            case .tools, .prompts, .resources: true
            case .resource(let uri): state.subscriptions.contains(uri)
            case .task: false
            }
        }
    }

    // MARK: Streams

    /// Takes the one place for an unasked-for stream; false when it is taken or the session has ended.
    func reserveStandalone() -> Bool {
        self.withStreams { state in
            switch state.standalone {
            case .none: break
            // The stream is there, but the response that carried it is gone: another takes its place.
            case .numbered(let number) where !(state.streams?.isAttached(number) ?? false):
                state.streams?.finish(number)
            case .numbered, .reserved, .shared, .ended: return false
            }
            state.standalone = .reserved
            return true
        }
    }

    /// Puts the opened stream of HTTP+SSE in the reserved place.
    func attachShared(_ stream: EventStream) {
        let isLive = self.state.withLock { state in
            guard case .reserved = state.standalone else { return false }
            state.standalone = .shared(stream)
            return true
        }
        if !isLive { stream.finish() }
    }

    /// Puts the opened stream of Streamable HTTP in the reserved place.
    func attachStandalone(_ stream: EventStream, on eventLoop: any EventLoop) {
        let attachment = StreamAttachment(stream, eventLoop: eventLoop)
        let number = self.withStreams { state -> Int? in
            guard case .reserved = state.standalone else { return nil }
            let number = self.open(attachment, &state)
            state.standalone = .numbered(number)
            return number
        }
        guard let number else { return stream.finish() }
        self.detachOnClose(attachment, number)
    }

    /// Begins the stream of one answer.
    func openStream(_ stream: EventStream, on eventLoop: any EventLoop) -> Int {
        let attachment = StreamAttachment(stream, eventLoop: eventLoop)
        let number = self.withStreams { self.open(attachment, &$0) }
        self.detachOnClose(attachment, number)
        return number
    }

    private func open(_ attachment: StreamAttachment, _ state: inout State) -> Int {
        var streams =
            state.streams
            ?? SessionStreams(
                mark: String(SessionID.generate().rawValue.prefix(8)),
                revision: state.agreement?.revision ?? .march2025, maximumBytes: self.budget.bytesPerSession)
        defer { state.streams = streams }
        return streams.open(on: attachment)
    }

    private func detachOnClose(_ attachment: StreamAttachment, _ number: Int) {
        attachment.onClose { [weak self] in
            self?.state.withLock { $0.streams?.detach(attachment, from: number) }
        }
    }

    /// The stream of HTTP+SSE.
    var sharedStream: EventStream? {
        self.state.withLock { state in
            guard case .shared(let stream) = state.standalone else { return nil }
            return stream
        }
    }

    func send(_ message: ByteBuffer, on number: Int) {
        self.withStreams { $0.streams?.send(message, on: number, mayGrow: self.budget.hasRoom) }
    }

    func finishStream(_ number: Int) { self.withStreams { $0.streams?.finish(number) } }

    func disconnectStream(_ number: Int, retryAfter: Duration) {
        self.withStreams { $0.streams?.disconnect(number, retryAfter: retryAfter) }
    }

    /// Says something unasked, where the client listens.
    func notify(_ message: ByteBuffer) {
        let shared = self.withStreams { state -> EventStream? in
            switch state.standalone {
            case .shared(let stream): return stream
            case .numbered(let number): state.streams?.send(message, on: number, mayGrow: self.budget.hasRoom)
            case .none, .reserved, .ended: break
            }
            return nil
        }
        shared?.send(ServerSentEvent(event: "message", data: message))
    }

    /// Whether a client may come back to the place that `eventID` names.
    func knows(eventID: String) -> Bool {
        self.state.withLock { $0.streams?.missed(after: eventID) != nil }
    }

    /// Goes on with the stream that `eventID` names, from there; false when it is not known any more.
    func resume(after eventID: String, _ stream: EventStream, on eventLoop: any EventLoop) -> Bool {
        let attachment = StreamAttachment(stream, eventLoop: eventLoop)
        let number = self.state.withLock { state -> Int? in
            guard let missed = state.streams?.missed(after: eventID) else { return nil }
            state.streams?.resume(missed.stream, missed.events, on: attachment)
            return missed.stream
        }
        guard let number else { return false }
        self.detachOnClose(attachment, number)
        return true
    }

    /// Changes something that may change how much is kept for clients that come back.
    private func withStreams<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        self.state.withLock { state in
            let before = state.streams?.bytes ?? 0
            defer { self.budget.change(by: (state.streams?.bytes ?? 0) - before) }
            return body(&state)
        }
    }

    // MARK: End

    /// Whether somebody listens or waits, so that silence is not idleness.
    var isInUse: Bool {
        self.state.withLock { state in
            if state.calls.count > 0 { return true }
            switch state.standalone {
            case .shared, .reserved: return true
            case .numbered(let number): return state.streams?.isAttached(number) ?? false
            case .none, .ended: return false
            }
        }
    }

    /// The server is about to stop: ends what only waits for news, and the stream of HTTP+SSE with its last call.
    func drain() {
        let shared = self.withStreams { state -> EventStream? in
            state.isDraining = true
            switch state.standalone {
            case .numbered(let number): state.streams?.finish(number)
            case .shared(let stream) where state.calls.count == 0: return stream
            case .none, .reserved, .shared, .ended: break
            }
            return nil
        }
        shared?.finish()
    }

    /// Ends the stream of HTTP+SSE if it only waited for calls that are done by now.
    func callAnswered() {
        let shared = self.state.withLock { state -> EventStream? in
            guard state.isDraining, state.calls.count == 0, case .shared(let stream) = state.standalone else {
                return nil
            }
            return stream
        }
        shared?.finish()
    }

    /// Cancels what runs and closes what is open.
    func end(_ reason: SessionStore<MCPSession>.EndReason) {
        let (calls, shared) = self.withStreams { state in
            var shared: EventStream?
            switch state.standalone {
            case .shared(let stream): shared = stream
            case .numbered(let number): state.streams?.finish(number)
            case .none, .reserved, .ended: break
            }
            state.standalone = .ended
            state.streams?.end()
            return (state.calls.end(), shared)
        }
        self.pending.end()
        // Each answers on its own stream and ends it.
        for call in calls { call.cancel("The session has ended (\(reason.rawValue)).") }
        shared?.finish()
    }
}
