package import NIOCore

/// Why a call has no answer, told so that the caller knows whose fault it was and what to do.
package struct PipelineError: Error, CustomStringConvertible {
    package enum Code: String, Sendable {
        // The caller's fault; nothing was sent.
        case unknownRoute, invalidArguments, writeRefused, notLoggedIn
        // Budget.
        case rateLimited
        // The upstream's answer.
        case badRequest, unauthorized, forbidden, notFound, conflict, unprocessable, upstreamRateLimited,
            upstreamFailure
        // No usable answer.
        case unreachable, timedOut, badResponse, responseTooLarge
        /// The upstream failed so often that it is left alone for a while; nothing was sent.
        case upstreamDown
    }
    /// Who said no: the caller's own words or haste, this gateway, or the upstream by an answer or the lack of one.
    package enum Origin: Sendable { case caller, gateway, upstream }
    package struct Answer: Sendable {
        package let fields: AnswerFields
        package let body: ByteBuffer

        init(fields: AnswerFields, body: ByteBuffer) { (self.fields, self.body) = (fields, body) }
    }
    package var code: Code
    package var origin: Origin
    /// HTTP status: the upstream's where it answered, else the one a proxy would give (429, 502, 504 …).
    package var status: Int
    /// Safe to show to a model.
    package var message: String
    package var retryAfter: Duration?
    package var hint: String?
    /// Requests this call sent upstream before it failed.
    package var exchanges = 0
    /// What the upstream said word for word, for HTTP clients; never shown to a model.
    package var answer: Answer?
    /// Known from an earlier call; nothing was sent.
    package var isCached = false
    /// No part of an answer was seen and the cause may pass: a repeat of a safe call makes sense.
    package var mayPass: Bool
    /// The upstream may have seen, and counted, the request that failed.
    package var mayHaveArrived = true

    package var description: String { "\(self.origin): \(self.code.rawValue): \(self.message)" }

    package init(
        _ code: Code, origin: Origin, status: Int, message: String, retryAfter: Duration? = nil, hint: String? = nil
    ) {
        self.code = code
        self.origin = origin
        self.status = status
        self.message = message
        self.retryAfter = retryAfter
        self.hint = hint
        self.mayPass = code == .unreachable || code == .timedOut
    }

    /// The circuit breaker's refusal.
    static func upstreamDown(retryAfter: Duration) -> PipelineError {
        let wait = Duration.seconds(max(1, retryAfter.wholeSecondsUp))
        return PipelineError(
            .upstreamDown, origin: .gateway, status: 503,
            message: "the upstream has not answered several times in a row; nothing was sent", retryAfter: wait,
            hint: "it is tried again after \(wait.wholeSecondsUp) s; answers still cached need no request")
    }

    /// A read of which there is an older answer may be answered by that one.
    var allowsStale: Bool {
        switch self.code {
        case .rateLimited, .upstreamRateLimited, .upstreamFailure, .unreachable, .timedOut, .badResponse,
            .upstreamDown:
            self.origin != .caller
        default: false
        }
    }

    /// The upstream is in trouble, whoever asks.
    var isOutage: Bool {
        switch self.code {
        case .unreachable, .timedOut: self.origin == .upstream
        case .badResponse, .upstreamFailure: [502, 503, 504].contains(self.status)
        default: false
        }
    }

    /// The caller went away before there was an answer; 499 is what nginx logs for it.
    static var cancelled: PipelineError {
        var error = PipelineError(.timedOut, origin: .caller, status: 499, message: "the call was cancelled")
        error.mayPass = false
        return error
    }
}
