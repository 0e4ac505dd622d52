/// Something that goes wrong on purpose, so that clients can be tested.
package enum Fault: Sendable, Equatable {
    /// 429 in the API's form, whatever the real count is.
    case tooManyRequests(retryAfterSeconds: Int)
    /// 500 in the API's form.
    case serverError
    /// 503 in the API's form.
    case unavailable
    /// 200 with a page of HTML, as a proxy in front of the API may answer.
    case html
    /// 200 that says JSON and is cut off in the middle.
    case truncatedJSON
    /// No answer until the client gives up. The request has no effect.
    case hang
    /// The connection is closed without a whole answer. The request has no effect.
    case reset
    /// The request takes effect, but the connection is closed before the answer.
    case loseAnswer
}
