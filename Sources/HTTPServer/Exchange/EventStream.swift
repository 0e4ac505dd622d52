/// An open `text/event-stream` response.
///
/// Safe to use from any thread. Dropping the last reference ends the response: nobody could send on it any more.
package final class EventStream: Sendable {
    private let queue: EventQueue

    init(queue: EventQueue) { self.queue = queue }

    deinit { self.queue.finish() }

    /// Queues one event without waiting; false when the stream is closed or its backlog is over the limit
    /// (which also closes it: a client that does not read must not cost memory).
    @discardableResult
    package func send(_ event: ServerSentEvent) -> Bool { self.queue.send(event) }

    /// Returns when the client has taken in enough for more to be sent; at once when there is room.
    ///
    /// Returns as well when the stream has closed or the task is cancelled.
    package func waitUntilWritable() async { await self.queue.waitForRoom() }

    /// Ends the response.
    package func finish() { self.queue.finish() }

    /// Calls `callback` once when the stream has ended, for whatever reason; at once if it already has.
    package func onClose(_ callback: @escaping @Sendable () -> Void) { self.queue.onClose(callback) }
}
