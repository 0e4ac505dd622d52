import NIOHTTP1

extension Fault {
    /// What a request is answered instead; nil for faults that are not an answer.
    func reply(now: Timestamp) -> Reply? {
        switch self {
        case .tooManyRequests: .error(.tooManyRequests, now: now)
        case .serverError: .error(.unhandled(), now: now)
        case .unavailable:
            .error(
                APIError(status: 503, error: "Service Unavailable", message: "Service is temporarily unavailable"),
                now: now)
        case .html:
            Reply(
                contentType: "text/html",
                body: Array("<!DOCTYPE html><html><body><h1>Not the API</h1></body></html>\n".utf8), isTagged: false)
        case .truncatedJSON: Reply(body: Array(#"{"sales":[{"products":[{"quantity":"#.utf8), isTagged: false)
        case .hang, .reset, .loseAnswer: nil
        }
    }
}

extension APIError {
    static let tooManyRequests = APIError(
        status: 429, error: "Too Many Requests", message: "Too many requests from this IP, please try again later")
}

extension HTTPHeaders {
    /// Makes the rate-limit headers say what a faked refusal says.
    mutating func applyFault(_ fault: Fault?) {
        guard case .tooManyRequests(let seconds) = fault else { return }
        self.replaceOrAdd(name: "X-RateLimit-Remaining", value: "0")
        self.replaceOrAdd(name: "Retry-After", value: String(seconds))
    }
}
