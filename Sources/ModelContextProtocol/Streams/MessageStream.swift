import HTTPServer
import NIOCore

/// One open stream of messages to a client.
enum MessageStream: Sendable {
    /// Without event ids: what is lost is lost.
    case plain(EventStream)
    /// A numbered stream of a session, which a client can come back to.
    case resumable(MCPSession, Int)

    func send(_ message: ByteBuffer) {
        switch self {
        case .plain(let stream): stream.send(ServerSentEvent(event: "message", data: message))
        case .resumable(let session, let number): session.send(message, on: number)
        }
    }

    func finish() {
        switch self {
        case .plain(let stream): stream.finish()
        case .resumable(let session, let number): session.finishStream(number)
        }
    }

    func disconnect(retryAfter: Duration) {
        guard case .resumable(let session, let number) = self else { return }
        session.disconnectStream(number, retryAfter: retryAfter)
    }
}

/// The stream that belongs to a whole session of HTTP+SSE.
struct SharedSink: MessageSink {
    let stream: EventStream

    var canStream: Bool { true }

    /// A cancelled request gets no answer here: no response waits for it.
    func answer(_ message: ByteBuffer, _ kind: AnswerKind) { if kind != .cancelled { self.send(message) } }
    func send(_ message: ByteBuffer) { self.stream.send(ServerSentEvent(event: "message", data: message)) }
    func startStream() {}
    func disconnect(retryAfter: Duration) {}
}
