package import NIOHTTP1
package import Streaming

/// A request that is passed on as it is.
package struct StreamRequest: Sendable {
    package enum Body: Sendable {
        case none
        /// - Parameter length: nil when only the end of the pipe tells; it then goes out in chunks.
        case pipe(BodyPipe, length: Int?)
    }

    package var method: String
    /// Path and query as they go into the request line.
    package var target: String
    /// Goes out in this order; without framing headers, which follow from the body.
    package var headers: HTTPHeaders
    package var body: Body
    /// Called with each interim answer (RFC 9110, section 15.2) but 100 and 101, before the final one, from any thread.
    package var onInterim: (@Sendable (AnswerHead) -> Void)?

    package init(method: String, target: String, headers: HTTPHeaders = [:], body: Body = .none) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// An upstream's answer whose body may still be under way.
package struct StreamAnswer: Sendable {
    package let head: AnswerHead
    /// The body, as the upstream coded it; trailers are at its end.
    ///
    /// Closing it gives the exchange up.
    package let body: BodyPipe
}

/// Why a streamed exchange has no answer.
package enum StreamError: Error {
    /// The request's own body ended too early.
    case request(BodyFailure)
    case exchange(StreamFailure)
}

/// What went wrong between here and the upstream.
package enum StreamFailure: Sendable, Equatable {
    // Nothing was sent.
    case nameNotResolved, refused, connectTimedOut, untrusted, invalidRequest, noMemory, shuttingDown
    // No answer, or none that can be used.
    case closedBeforeAnswer, answerTimedOut, notHTTP, headTooLarge
    /// The answer broke off in the middle.
    case incomplete
    /// Nobody wanted it any more.
    case cancelled
}

/// An exchange under way, for whoever may want to give it up.
package protocol StreamExchange: Sendable {
    /// Gives the exchange up; does nothing once it is over.
    func cancel()
}

/// Exchanges whose bodies pass through in pieces.
package protocol StreamTransport: Sendable {
    /// Sends `request` and calls `onHead` once, from any thread: with the answer as soon as its head is whole, or with why there is none.
    func start(
        _ request: StreamRequest, onHead: @escaping @Sendable (Result<StreamAnswer, StreamError>) -> Void
    ) -> any StreamExchange
}
