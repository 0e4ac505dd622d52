import NIOCore
import NIOHTTP1
import Streaming
import Synchronization

/// One request on its way to one answer: shared by the connection, the responder and the event stream.
final class Exchange: Sendable {
    let eventLoop: any EventLoop
    private let sink: NIOLoopBound<any ExchangeSink>
    private let state = Mutex(ExchangeState())

    /// Must be called on the sink's event loop.
    init(sink: any ExchangeSink, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.sink = NIOLoopBound(sink, eventLoop: eventLoop)
    }

    var awaitsAnswer: Bool { self.state.withLock { $0.awaitsAnswer } }
    var isWatched: Bool { self.state.withLock { $0.hasCallbacks } }

    /// Hands the response to the connection; false when the exchange was answered before.
    func send(_ response: HTTPResponse) -> Bool {
        guard self.state.withLock({ $0.answer() }) else { return false }
        // Spelled out, because a closure for ``onSink(_:)`` costs an allocation for each request.
        if self.eventLoop.inEventLoop {
            self.sink.value.send(response, for: self)
        } else {
            self.eventLoop.execute { self.sink.value.send(response, for: self) }
        }
        return true
    }

    /// Hands a response that is kept as bytes to the connection; false when the exchange was answered before.
    func send(_ response: some PrecomposedResponse) -> Bool {
        guard self.state.withLock({ $0.answer() }) else { return false }
        if self.eventLoop.inEventLoop {
            self.sink.value.send(precomposed: response, for: self)
        } else {
            self.eventLoop.execute { self.sink.value.send(precomposed: response, for: self) }
        }
        return true
    }

    /// Hands an interim response to the connection; does nothing once there is an answer.
    func sendInterim(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        guard self.awaitsAnswer else { return }
        self.onSink { $0.sendInterim(status, headers, for: self) }
    }

    /// Hands the body to come to the connection; false when the exchange was answered before.
    func startStream(_ pipe: BodyPipe, _ start: StreamStart) -> Bool {
        guard self.state.withLock({ $0.answer() }) else { return false }
        pipe.onArrival { self.streamHasMore() }
        self.onSink { $0.startStream(pipe, start, for: self) }
        return true
    }

    private func streamHasMore() { self.onSink { $0.streamHasMore(for: self) } }

    func onDisconnect(_ callback: @escaping @Sendable () -> Void) {
        if self.state.withLock({ $0.add(callback) }) { callback() }
    }

    /// The client has the whole answer.
    func complete() {
        let callbacks = self.state.withLock { $0.complete() }
        // A result nobody looks at would be let go where it is made: inside the lock.
        withExtendedLifetime(callbacks) {}
    }

    /// The client is gone.
    func disconnect() {
        for callback in self.state.withLock({ $0.disconnect() }) { callback() }
    }

    private func onSink(_ body: @escaping @Sendable (any ExchangeSink) -> Void) {
        if self.eventLoop.inEventLoop {
            body(self.sink.value)
        } else {
            self.eventLoop.execute { body(self.sink.value) }
        }
    }
}
