import NIOCore

/// Knows what a connection waits for and until when.
struct ConnectionDeadlines {
    enum Waiting: Equatable {
        /// The server's own work; the client may wait as long as that takes.
        case nothing
        /// For a request.
        case idle
        /// For the rest of a header.
        case header
        /// For more of a body.
        case body
        /// For the client to take in more of an answer that comes in pieces.
        case reader
        /// For the client to take in the last answer.
        case flush
        /// For the client to close its side.
        case close
    }

    /// How long a client gets to read the last answer and close.
    static let closeTime = TimeAmount.seconds(2)
    /// A client that reads more slowly than this is given up.
    private static let slowestBytesPerSecond = 16 * 1024

    private let headerTime: TimeAmount
    private let bodyTime: TimeAmount
    private let idleTime: TimeAmount
    private(set) var waiting = Waiting.nothing
    private(set) var deadline: NIODeadline?

    init(limits: HTTPServerConfiguration.Limits) {
        self.headerTime = TimeAmount(limits.headerTimeout)
        self.bodyTime = TimeAmount(limits.bodyTimeout)
        self.idleTime = TimeAmount(limits.idleTimeout)
    }

    /// A new connection: its first header counts from now.
    mutating func opened(at now: NIODeadline) { (self.waiting, self.deadline) = (.idle, now + self.headerTime) }

    mutating func wait(for waiting: Waiting, at now: NIODeadline) {
        // A header must be whole in time, however many pieces it comes in; everything else waits for the next piece.
        if waiting == self.waiting, waiting != .body { return }
        // The first header counts from the start of the connection.
        let opening = self.waiting == .idle ? self.deadline : nil
        self.waiting = waiting
        self.deadline =
            switch waiting {
            case .nothing: nil
            case .idle, .flush: now + self.idleTime
            case .reader: now + self.idleTime
            case .header: min(now + self.headerTime, opening ?? .distantFuture)
            case .body: now + self.bodyTime
            case .close: now + Self.closeTime
            }
    }

    /// A large answer is on its way: an idle client gets the time to read it.
    mutating func allow(answerBytes: Int) {
        guard self.waiting == .idle || self.waiting == .flush, let deadline else { return }
        self.deadline = deadline + .seconds(Int64(answerBytes / Self.slowestBytesPerSecond))
    }

    func hasExpired(at now: NIODeadline) -> Bool { self.deadline.map { $0 <= now } ?? false }
}
