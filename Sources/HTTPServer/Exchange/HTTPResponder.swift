package import NIOCore
package import NIOHTTP1
package import Streaming

/// The one answer to one request.
///
/// Safe to use from any thread; fastest on the request's event loop. One that is dropped unanswered answers 500,
/// so that no client waits for ever.
package final class HTTPResponder: Sendable {
    package let eventLoop: any EventLoop
    private let exchange: Exchange
    private let limits: HTTPServerConfiguration.Limits

    init(exchange: Exchange, limits: HTTPServerConfiguration.Limits) {
        self.eventLoop = exchange.eventLoop
        self.exchange = exchange
        self.limits = limits
    }

    deinit {
        guard self.exchange.awaitsAnswer else { return }
        _ = self.exchange.send(HTTPRefusal.unanswered.response)
    }

    /// Sends the whole response.
    ///
    /// A second answer is a programming error and traps in debug builds.
    package func send(_ response: HTTPResponse) {
        if !self.exchange.send(response) { assertionFailure("the request has already been answered") }
    }

    /// Answers 200 with `text/event-stream` and keeps the response open for events.
    ///
    /// The server writes keep-alive comments while the stream is idle.
    package func startEventStream(headers: HTTPHeaders = [:]) -> EventStream {
        let stream = EventStream(limitBytes: self.limits.eventBacklogBytes)
        self.start(stream.pipe, .events(headers))
        return stream
    }

    /// Sends the head of the response; the body follows through the writer.
    package func startBody(_ response: StreamedResponse) -> BodyWriter {
        let pipe = BodyPipe()
        self.start(pipe, .body(response))
        return BodyWriter(pipe: pipe)
    }

    /// Sends the head of the response and a body that somebody else writes into `body`.
    ///
    /// The connection is the pipe's reader from now on: it closes the pipe when the client goes away. A pipe that fails
    /// cuts the response off.
    package func send(_ response: StreamedResponse, body: BodyPipe) { self.start(body, .body(response)) }

    private func start(_ pipe: BodyPipe, _ start: StreamStart) {
        guard !self.exchange.startStream(pipe, start) else { return }
        assertionFailure("the request has already been answered")
        pipe.close()
    }

    /// Calls `callback` once if the client goes away, or resets the stream, before the response has ended.
    package func onDisconnect(_ callback: @escaping @Sendable () -> Void) { self.exchange.onDisconnect(callback) }
}
