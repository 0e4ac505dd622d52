package import NIOCore
package import NIOHTTP1
package import Streaming

/// The body of an open response, written piece by piece.
///
/// Safe to use from any thread. Dropping the last reference without ``finish(trailers:)`` cuts the response off.
package final class BodyWriter: Sendable {
    private let pipe: BodyPipe

    init(pipe: BodyPipe) { self.pipe = pipe }

    deinit { self.pipe.fail(.cutOff) }

    /// Queues bytes without waiting; `.full` asks the writer to wait, `.closed` says that nobody reads any more.
    @discardableResult
    package func write(_ bytes: ByteBuffer) -> BodyPipe.Written { self.pipe.write(bytes) }

    /// Returns when the client has taken in enough for more to be sent; also when it is gone or the task is cancelled.
    package func waitUntilWritable() async { await self.pipe.waitForRoom() }

    /// Ends the response; trailers reach clients of HTTP/2 and of chunked HTTP/1.1.
    package func finish(trailers: HTTPHeaders = [:]) { self.pipe.finish(trailers: trailers) }

    /// Cuts the response off, in a way the client can see.
    package func abort() { self.pipe.fail(.cutOff) }

    /// Calls `callback` once when the response has ended, for whatever reason; at once if it already has.
    package func onClose(_ callback: @escaping @Sendable () -> Void) { self.pipe.onEnd(callback) }
}
