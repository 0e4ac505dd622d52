package import NIOCore

/// One server-sent event (WHATWG HTML, section 9.2).
package struct ServerSentEvent: Sendable {
    package var event: String?
    package var id: String?
    /// Milliseconds a client should wait before it reconnects.
    package var retry: Int?
    /// Sent as one `data:` line for each line in it.
    package var data: ByteBuffer

    package init(event: String? = nil, id: String? = nil, retry: Int? = nil, data: ByteBuffer) {
        self.event = event
        self.id = id
        self.retry = retry
        self.data = data
    }
}

/// An open `text/event-stream` response. Safe to use from any thread.
package final class EventStream: Sendable {
    /// Queues one event without waiting; false when the stream is closed or its backlog is over the limit
    /// (which also closes it: a client that does not read must not cost memory).
    @discardableResult
    package func send(_ event: ServerSentEvent) -> Bool { fatalError() }

    /// Returns when the client has taken in enough for more to be sent; at once when there is room.
    package func waitUntilWritable() async { fatalError() }

    /// Ends the response.
    package func finish() { fatalError() }

    /// Calls `callback` once when the stream has ended, for whatever reason; at once if it already has.
    package func onClose(_ callback: @escaping @Sendable () -> Void) { fatalError() }
}
