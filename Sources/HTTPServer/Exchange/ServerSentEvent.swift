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
