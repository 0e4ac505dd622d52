package import NIOCore
package import NIOHTTP1

/// The one answer to one request. Safe to use from any thread; fastest on the request's event loop.
package final class HTTPResponder: Sendable {
    package let eventLoop: any EventLoop

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    /// Sends the whole response. A second answer is a programming error and traps in debug builds.
    package func send(_ response: HTTPResponse) { fatalError() }

    /// Answers 200 with `text/event-stream` and keeps the response open for events.
    ///
    /// The server writes keep-alive comments while the stream is idle.
    package func startEventStream(headers: HTTPHeaders = [:]) -> EventStream { fatalError() }

    /// Calls `callback` once if the client goes away, or resets the stream, before the response has ended.
    package func onDisconnect(_ callback: @escaping @Sendable () -> Void) { fatalError() }
}
