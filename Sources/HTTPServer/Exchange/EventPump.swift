import NIOCore

/// Moves events from a queue to the connection while the client takes them in, and comments while there are none.
///
/// Bound to the event loop of its connection.
final class EventPump {
    /// Written at a time, so that a slow client holds the rest in the queue, where it is counted.
    private static let sliceBytes = 32 * 1024

    let queue: EventQueue
    let exchange: Exchange
    private let silence: SilenceWatch
    private var place: RecencyList<EventPump>.Place?
    /// nil once the response has ended.
    private var target: (any EventPumpTarget)?
    private(set) var lastWrite = NIODeadline.now()

    init(queue: EventQueue, exchange: Exchange, target: any EventPumpTarget, silence: SilenceWatch) {
        self.queue = queue
        self.exchange = exchange
        self.target = target
        self.silence = silence
    }

    func start() { self.place = self.silence.add(self) }

    /// Writes what is queued while the client takes it in, and ends the response after the last event.
    func drain() {
        guard self.target != nil else { return }
        if self.queue.isClosed { return self.finish { $0.abortEvents(self) } }
        while let target, target.isWritable {
            switch self.queue.next(maximumBytes: Self.sliceBytes) {
            case .write(let bytes): self.write(bytes)
            case .end: return self.finish { $0.endEvents(self) }
            case .wait: return
            }
        }
    }

    /// Makes a dead peer show itself: it answers a write with a reset.
    func comment() { self.write(ServerSentEvent.keepAliveComment) }

    /// The stream has been silent for long; one whose client has yet to read what is there needs no comment.
    func breakSilence() {
        if self.target?.isWritable ?? false { self.comment() } else { self.spoke() }
    }

    /// The connection is gone.
    func stop() { self.finish { _ in } }

    private func write(_ bytes: ByteBuffer) {
        guard let target else { return }
        self.spoke()
        target.writeEvents(bytes, from: self)
    }

    private func spoke() {
        self.lastWrite = .now()
        if let place { self.silence.spoke(place) }
    }

    private func finish(_ action: (any EventPumpTarget) -> Void) {
        guard let target else { return }
        self.target = nil
        if let place { self.silence.remove(place) }
        self.place = nil
        action(target)
        self.queue.close()
    }
}
