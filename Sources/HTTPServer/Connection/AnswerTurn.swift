import NIOCore

/// Sends the answers of one turn of an event loop together, after the requests of all its connections have been read.
///
/// To read and answer is one piece of code and to encrypt and send another: with many connections at once each runs
/// faster when it follows itself. A lone request is answered as soon. Bound to its event loop.
final class AnswerTurn {
    /// Answers sent at the latest with this many others: a turn may be long, and the first must not wait for the last.
    private static let mostAnswers = 8

    private let eventLoop: any EventLoop
    private var answered: [HTTP1Handler] = []
    private var isScheduled = false

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.answered.reserveCapacity(Self.mostAnswers)
    }

    /// Has a connection flush what it has written, before the turn ends.
    func flushLater(_ connection: HTTP1Handler) {
        self.answered.append(connection)
        if self.answered.count >= Self.mostAnswers { return self.flush() }
        guard !self.isScheduled else { return }
        self.isScheduled = true
        let turn = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.eventLoop.execute {
            turn.value.isScheduled = false
            turn.value.flush()
        }
    }

    private func flush() {
        let answered = self.answered
        self.answered.removeAll(keepingCapacity: true)
        for connection in answered { connection.flushIfNeeded() }
    }
}
