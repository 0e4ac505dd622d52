import HTTPServer
import Sessions
import Synchronization

/// What the server keeps for one legacy session.
final class MCPSession: Sendable {
    /// How the session speaks; a session opened on one transport does not exist on the other.
    enum Transport: Sendable { case streamableHTTP, eventStream }

    /// The stream the server may speak on unasked.
    private enum Stream {
        case none
        /// Promised to a request that is about to open it.
        case reserved
        case open(EventStream)
        case ended
    }
    private struct State {
        var revision: ProtocolRevision?
        var stream = Stream.none
        var calls: RunningCalls<RunningCall>
        var streamCount = 0
    }
    let id: SessionID
    let transport: Transport
    private let state: Mutex<State>

    init(id: SessionID, transport: Transport, revision: ProtocolRevision?, maximumRunningCalls: Int) {
        self.id = id
        self.transport = transport
        self.state = Mutex(State(revision: revision, calls: RunningCalls(maximumCount: maximumRunningCalls)))
    }

    /// The negotiated revision; nil before `initialize`, which over HTTP+SSE comes after the session.
    var revision: ProtocolRevision? { self.state.withLock { $0.revision } }

    /// Settles the revision; false when it was settled before.
    func negotiate(_ revision: ProtocolRevision) -> Bool {
        self.state.withLock { state in
            guard state.revision == nil else { return false }
            state.revision = revision
            return true
        }
    }

    // MARK: Calls

    func admit(_ call: RunningCall) -> RunningCalls<RunningCall>.Admission {
        self.state.withLock { $0.calls.admit(call.id, call) }
    }

    func finish(_ id: RequestID) { self.state.withLock { $0.calls.finish(id) } }

    /// Cancels a running call at the client's wish; late and unknown ids are ignored.
    func cancelCall(_ id: RequestID) {
        let call = self.state.withLock { $0.calls[id] }
        call?.cancel(RPCError(.cancelled, "The request was cancelled."))
    }

    // MARK: Streams

    /// An id for the first event of a new answer stream, unlike every other of this session.
    func nextPrimingID() -> String {
        self.state.withLock { state in
            state.streamCount += 1
            return "\(state.streamCount)-0"
        }
    }

    /// Takes the one place for an unasked-for stream; false when it is taken or the session has ended.
    func reserveStream() -> Bool {
        self.state.withLock { state in
            guard case .none = state.stream else { return false }
            state.stream = .reserved
            return true
        }
    }

    /// Puts the opened stream in the reserved place.
    func attach(_ stream: EventStream) {
        let isLive = self.state.withLock { state in
            guard case .reserved = state.stream else { return false }
            state.stream = .open(stream)
            return true
        }
        if !isLive { stream.finish() }
    }

    /// Frees the place for another stream.
    func releaseStream() {
        self.state.withLock { state in
            if case .ended = state.stream { return }
            state.stream = .none
        }
    }

    var stream: EventStream? {
        self.state.withLock { state in
            guard case .open(let stream) = state.stream else { return nil }
            return stream
        }
    }

    /// Cancels what runs and closes what is open.
    func end(_ reason: SessionStore<MCPSession>.EndReason) {
        let (calls, stream) = self.state.withLock { state in
            defer { state.stream = .ended }
            guard case .open(let stream) = state.stream else { return (state.calls.end(), EventStream?.none) }
            return (state.calls.end(), stream)
        }
        for call in calls { call.cancel(RPCError(.cancelled, "The session has ended (\(reason.rawValue)).")) }
        stream?.finish()
    }
}
