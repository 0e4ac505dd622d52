/// Decides when an HTTP/1.1 connection reads the next request and when it closes.
struct HTTP1Lifecycle {
    enum Phase: Equatable {
        /// Takes requests; goes to `answering` or `closing`.
        case reading
        /// One request waits for its answer; goes to `reading` or `closing`.
        case answering
        /// The last answer is on its way, or out; what still arrives is thrown away.
        case closing
    }

    enum Step: Equatable {
        case readNext
        /// Flush, end our side, and wait for the client to end its own.
        case closeGracefully
        /// Flush, then close: the client waits for nothing.
        case closeAfterFlush
        case closeNow
        case none
    }

    private(set) var phase = Phase.reading
    private(set) var isDraining = false
    private(set) var clientHasFinished = false
    private(set) var isFlushed = false
    private var keepsAlive = true

    /// Whether the answer being given may leave the connection open.
    var mayPersist: Bool { self.keepsAlive && !self.isDraining }

    /// A request is whole.
    mutating func begin(keepAlive: Bool) {
        self.phase = .answering
        self.keepsAlive = keepAlive
    }

    /// A request was turned down: no other follows.
    mutating func refuse() {
        self.phase = .answering
        self.keepsAlive = false
    }

    /// The rest of the request cannot be read: no other follows.
    mutating func spoil() { self.keepsAlive = false }

    /// The answer has been written; `persisted` is what its head said.
    mutating func answered(persisted: Bool) -> Step {
        guard self.phase == .answering else { return .none }
        if persisted {
            self.phase = .reading
            return .readNext
        }
        self.phase = .closing
        return .closeGracefully
    }

    /// All that had arrived has been processed.
    mutating func ranDry(isBetweenRequests: Bool) -> Step {
        guard self.phase == .reading, self.clientHasFinished || (self.isDraining && isBetweenRequests) else {
            return .none
        }
        self.phase = .closing
        return .closeAfterFlush
    }

    /// The client will send no more.
    mutating func clientFinished() -> Step {
        self.clientHasFinished = true
        return self.phase == .closing && self.isFlushed ? .closeNow : .none
    }

    /// The last answer is out.
    mutating func flushed() { self.isFlushed = true }

    mutating func drain() { self.isDraining = true }

    mutating func close() { self.phase = .closing }
}
