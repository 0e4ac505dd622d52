import NIOCore

/// Moves events from a queue to the connection while the client takes them in, and comments while there are none.
///
/// Bound to the event loop of its connection.
final class EventPump {
    /// Written at a time, so that a slow client holds the rest in the queue, where it is counted.
    private static let sliceBytes = 32 * 1024

    let queue: EventQueue
    private let interval: TimeAmount
    private let isWritable: () -> Bool
    private let write: (ByteBuffer) -> Void
    private let end: () -> Void
    private let abort: () -> Void
    private var lastWrite = NIODeadline.now()
    private var timer: RepeatedTask?
    private var hasEnded = false

    /// - Parameters:
    ///   - isWritable: whether the client takes in what is written.
    ///   - write: writes and flushes bytes.
    ///   - end: ends the response in good order.
    ///   - abort: cuts the response off, because the client does not read.
    init(
        queue: EventQueue, interval: TimeAmount, isWritable: @escaping () -> Bool,
        write: @escaping (ByteBuffer) -> Void, end: @escaping () -> Void, abort: @escaping () -> Void
    ) {
        self.queue = queue
        self.interval = interval
        self.isWritable = isWritable
        self.write = write
        self.end = end
        self.abort = abort
    }

    func start(on eventLoop: any EventLoop) {
        let pump = NIOLoopBound(self, eventLoop: eventLoop)
        self.timer = eventLoop.scheduleRepeatedTask(initialDelay: self.interval, delay: self.interval) { _ in
            pump.value.commentIfIdle()
        }
    }

    /// Writes what is queued while the client takes it in, and ends the response after the last event.
    func drain() {
        guard !self.hasEnded else { return }
        if self.queue.isClosed { return self.finish(self.abort) }
        while !self.hasEnded, self.isWritable() {
            switch self.queue.next(maximumBytes: Self.sliceBytes) {
            case .write(let bytes):
                self.lastWrite = .now()
                self.write(bytes)
            case .end: return self.finish(self.end)
            case .wait: return
            }
        }
    }

    /// Makes a dead peer show itself: it answers a write with a reset.
    func comment() {
        guard !self.hasEnded else { return }
        self.lastWrite = .now()
        self.write(ServerSentEvent.keepAliveComment)
    }

    /// The connection is gone.
    func stop() { self.finish({}) }

    private func commentIfIdle() {
        if self.isWritable(), (NIODeadline.now() - self.lastWrite) * 2 >= self.interval { self.comment() }
    }

    private func finish(_ action: () -> Void) {
        guard !self.hasEnded else { return }
        self.hasEnded = true
        self.timer?.cancel()
        self.timer = nil
        action()
        self.queue.close()
    }
}
