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
    }
    /// Who said no: the caller's own words or haste, this gateway, or the upstream by an answer or the lack of one.
    package enum Origin: Sendable { case caller, gateway, upstream }
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

    /// The caller went away before there was an answer; 499 is what nginx logs for it.
    static var cancelled: PipelineError {
        var error = PipelineError(.timedOut, origin: .caller, status: 499, message: "the call was cancelled")
        error.mayPass = false
        return error
    }
}
