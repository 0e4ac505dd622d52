import HTTPServer
import NIOCore

/// An open stream that is spoken to with locks held, and that a session may replace by another when it breaks.
///
/// Everything is handed to the event loop, so that it may be called with a lock held: order is kept, and nothing is
/// called back from inside.
final class StreamAttachment: Sendable {
    private let stream: EventStream
    private let eventLoop: any EventLoop

    init(_ stream: EventStream, eventLoop: any EventLoop) {
        self.stream = stream
        self.eventLoop = eventLoop
    }

    func send(_ event: ServerSentEvent) { self.eventLoop.execute { self.stream.send(event) } }

    func finish() { self.eventLoop.execute { self.stream.finish() } }

    /// Calls back once, from the event loop and never from inside another call.
    func onClose(_ callback: @escaping @Sendable () -> Void) {
        self.stream.onClose { [eventLoop] in eventLoop.execute(callback) }
    }
}
