import NIOCore
import Streaming

/// An open `text/event-stream` response.
///
/// Safe to use from any thread. Dropping the last reference ends the response: nobody could send on it any more.
package final class EventStream: Sendable {
    /// A waiting sender continues when less than this is queued.
    private static let roomBytes = 64 * 1024

    let pipe: BodyPipe
    private let limitBytes: Int

    /// - Parameter limitBytes: what a client may leave unread.
    init(limitBytes: Int) {
        self.limitBytes = limitBytes
        self.pipe = BodyPipe(limitBytes: limitBytes, roomBytes: Self.roomBytes)
    }

    deinit { self.pipe.finish() }

    /// Queues one event without waiting; false when the stream is closed or its backlog is over the limit
    /// (which also closes it: a client that does not read must not cost memory).
    @discardableResult
    package func send(_ event: ServerSentEvent) -> Bool {
        self.pipe.write(failingAt: self.limitBytes) { event.encode(into: &$0) } != .closed
    }

    /// Returns when the client has taken in enough for more to be sent; at once when there is room.
    ///
    /// Returns as well when the stream has closed or the task is cancelled.
    package func waitUntilWritable() async { await self.pipe.waitForRoom() }

    /// Ends the response.
    package func finish() { self.pipe.finish() }

    /// Calls `callback` once when the stream has ended, for whatever reason; at once if it already has.
    package func onClose(_ callback: @escaping @Sendable () -> Void) { self.pipe.onEnd(callback) }
}
