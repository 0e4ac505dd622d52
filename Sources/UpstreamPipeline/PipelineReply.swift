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
    private var content: AnswerBody
    package var source: Source
    /// Requests this call sent upstream: 0 from cache or coalesced, more than 1 after retries.
    package var exchanges: Int
    /// Of ``exchanges``, the repeats after a failure.
    package var retries = 0
    /// Spent waiting for a turn while requests were few.
    package var queueWait: Duration = .zero
    /// The rest of the answer's head; nil for an answer that was made here.
    package var fields: AnswerFields?
    package var entityTag: String?
    /// How long the answer may still be given; negative where its time is over, nil where it is not kept.
    package var freshFor: Duration?
    /// The upstream confirmed that an older answer still holds.
    package var isConfirmed = false

    /// - Parameter exchanges: nil counts one for an answer from upstream and none otherwise.
    package init(status: Int, contentType: String?, body: ByteBuffer, source: Source, exchanges: Int? = nil) {
        self.status = status
        self.contentType = contentType
        self.content = AnswerBody(body)
        self.source = source
        self.exchanges = exchanges ?? (source == .upstream ? 1 : 0)
    }
}

extension PipelineReply {
    init(_ read: Pipeline.Read) {
        self.status = read.answer.status
        self.contentType = read.answer.contentType
        self.content = read.answer.content
        (self.source, self.exchanges) = (read.source, read.exchanges)
        (self.retries, self.queueWait) = (read.retries, read.queueWait)
        (self.fields, self.entityTag) = (read.answer.fields, read.answer.entityTag)
        (self.freshFor, self.isConfirmed) = (read.freshFor, read.isConfirmed)
    }

    /// Without content coding.
    package var body: ByteBuffer {
        get { self.content.plain }
        set { self.content = AnswerBody(newValue) }
    }

    /// The body in gzip, where it is kept so.
    package var packed: ByteBuffer? { self.content.packed }

    /// What `make` makes of the body, made once for each number as long as the answer is asked for again and again.
    package func form(_ number: Int, _ make: (ByteBuffer) -> ByteBuffer) -> ByteBuffer {
        self.content.form(number, make)
    }
}
