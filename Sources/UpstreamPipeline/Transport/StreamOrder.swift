import Streaming
import Synchronization

/// A streamed request on its way to the thread that carries it out, and who waits for the head of its answer.
final class StreamOrder: StreamExchange {
    typealias Outcome = Result<StreamAnswer, StreamError>

    let id: Int
    let request: StreamRequest
    let onHead: @Sendable (Outcome) -> Void
    private let inbox: TransferInbox
    private let isOver = Atomic(false)

    init(
        id: Int, request: StreamRequest, inbox: TransferInbox, onHead: @escaping @Sendable (Outcome) -> Void
    ) {
        self.id = id
        self.request = request
        self.inbox = inbox
        self.onHead = onHead
    }

    func cancel() { self.post(.cancel(self.id)) }

    /// The request's body has more to read.
    func resumeSending() { self.post(.resumeSending(self.id)) }

    /// There is room for more of the answer's body.
    func resumeReceiving() { self.post(.resumeReceiving(self.id)) }

    /// Nothing can be done for it any more, so that nobody wakes the thread for it.
    func end() { self.isOver.store(true, ordering: .releasing) }

    /// Ends it before it has begun.
    func refuse(_ failure: StreamFailure) {
        self.end()
        if case .pipe(let upload, _) = self.request.body { upload.close() }
        self.onHead(.failure(.exchange(failure)))
    }

    private func post(_ command: TransferInbox.Command) {
        guard !self.isOver.load(ordering: .acquiring) else { return }
        _ = self.inbox.post(command)
    }
}
