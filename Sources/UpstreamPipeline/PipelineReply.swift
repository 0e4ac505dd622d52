package import NIOCore

/// An answer and where it came from.
package struct PipelineReply: Sendable {
    package enum Source: Sendable, Equatable {
        case upstream
        case cache(age: Duration)
        /// From the cache, although its time is over: a newer answer is not to be had, or is being fetched.
        case stale(age: Duration)
        /// Another call in flight asked the same.
        case coalesced
        /// Another call's request brought the answer along.
        case batched
    }
    package var status: Int
    package var contentType: String?
    /// Decoded (no content coding).
    package var body: ByteBuffer
    package var source: Source
    /// Requests this call sent upstream: 0 from cache or coalesced, more than 1 after retries.
    package var exchanges: Int
    /// Of ``exchanges``, the repeats after a failure.
    package var retries = 0
    /// Spent waiting for a turn while requests were few.
    package var queueWait: Duration = .zero

    /// - Parameter exchanges: nil counts one for an answer from upstream and none otherwise.
    package init(status: Int, contentType: String?, body: ByteBuffer, source: Source, exchanges: Int? = nil) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.source = source
        self.exchanges = exchanges ?? (source == .upstream ? 1 : 0)
    }
}
