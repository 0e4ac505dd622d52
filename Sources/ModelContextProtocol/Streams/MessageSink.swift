import NIOCore

/// Where the answer to a request goes, and what the server says meanwhile.
protocol MessageSink: Sendable {
    /// Whether anything but the answer can be sent.
    var canStream: Bool { get }

    /// Sends the answer to one request; every request gets exactly one.
    func answer(_ message: ByteBuffer, _ kind: AnswerKind)
    /// Sends a message ahead of the answer; does nothing where there is no way to.
    func send(_ message: ByteBuffer)
    /// Makes sure that a client that waits long sees that somebody is there.
    func startStream()
    /// Ends the connection, not the work; see ``RequestContext/disconnect(retryAfter:)``.
    func disconnect(retryAfter: Duration)
}

/// What an answer is, as far as the way it is sent depends on it.
enum AnswerKind: Sendable, Equatable {
    case result
    /// The HTTP status matters where the answer is a body of its own.
    case failure(status: UInt)
    /// An answer to a request that its client no longer waits for.
    case cancelled
}
