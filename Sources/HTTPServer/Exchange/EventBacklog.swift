import NIOCore

/// Holds the events a client has not taken in yet, and decides when there are too many.
struct EventBacklog {
    enum Admission: Equatable {
        /// Queued; the connection must be told unless it already knows.
        case queued(announce: Bool)
        /// The stream is closed or finishing.
        case closed
        /// The client does not read: the stream must be closed.
        case overflow
    }

    enum Next: Equatable {
        case write(ByteBuffer)
        /// Nothing is left and nothing more will come.
        case end
        case wait
    }

    private enum Phase {
        /// Takes events; goes to `finishing` or `closed`.
        case open
        /// Takes no more, what is queued still goes out; goes to `closed`.
        case finishing
        case closed
    }

    /// A waiting sender continues when no more than this is queued.
    static let roomBytes = 64 * 1024

    let limitBytes: Int
    private var phase = Phase.open
    private var bytes = ByteBuffer()
    private var isAnnounced = false

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    var isClosed: Bool { self.phase == .closed }
    var queuedBytes: Int { self.bytes.readableBytes }
    /// Whether a sender may go on; true as well when waiting has become pointless.
    var hasRoom: Bool { self.phase != .open || self.queuedBytes < min(Self.roomBytes, self.limitBytes) }

    mutating func add(_ event: ServerSentEvent) -> Admission {
        guard self.phase == .open else { return .closed }
        // What counts is what the client has left unread, not how large the next event is.
        guard self.queuedBytes < self.limitBytes else {
            self.close()
            return .overflow
        }
        event.encode(into: &self.bytes)
        return .queued(announce: self.announce())
    }

    /// True when the connection must be told; false when there is nothing to finish or it knows already.
    mutating func finish() -> Bool {
        guard self.phase == .open else { return false }
        self.phase = .finishing
        return self.announce()
    }

    /// What the connection should do next, at most `maximumBytes` at a time.
    mutating func next(maximumBytes: Int) -> Next {
        self.isAnnounced = false
        if let slice = self.bytes.readSlice(length: min(maximumBytes, self.queuedBytes)), slice.readableBytes > 0 {
            // Everything was taken: let go of the storage, an idle stream should hold none.
            if self.queuedBytes == 0 { self.bytes = ByteBuffer() }
            return .write(slice)
        }
        return self.phase == .finishing ? .end : .wait
    }

    /// True the first time.
    @discardableResult
    mutating func close() -> Bool {
        guard self.phase != .closed else { return false }
        self.phase = .closed
        self.bytes = ByteBuffer()
        return true
    }

    private mutating func announce() -> Bool {
        defer { self.isAnnounced = true }
        return !self.isAnnounced
    }
}
