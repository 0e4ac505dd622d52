import JSON

/// An answer other than success, in the API's envelope.
struct APIError: Error {
    let status: Int
    let error: String
    let message: String
    var details: JSONValue?
    /// Only the central error handler of the original dates its answers.
    var isDated = false
    /// The original process would have died of this request.
    var isDangerous = false

    func body(now: Timestamp) -> [UInt8] {
        JSONText.object {
            $0.member("error", self.error)
            $0.member("message", self.message)
            $0.member("statusCode", self.status)
            if self.isDated { $0.member("timestamp", now) }
            $0.member("details", ifPresent: self.details)
        }
    }

    // MARK: What controllers answer

    static func badRequest(_ message: String, error: String = "Bad Request") -> APIError {
        APIError(status: 400, error: error, message: message)
    }
    static func unauthorized(_ message: String) -> APIError {
        APIError(status: 401, error: "Unauthorized", message: message)
    }
    static func forbidden(_ message: String) -> APIError {
        APIError(status: 403, error: "Forbidden", message: message)
    }
    static func notFound(_ message: String, error: String = "Not Found") -> APIError {
        APIError(status: 404, error: error, message: message)
    }
    static func conflict(_ message: String, details: JSONValue? = nil) -> APIError {
        APIError(status: 409, error: "Conflict", message: message, details: details)
    }
    static func failure(_ message: String) -> APIError {
        APIError(status: 500, error: "Internal Server Error", message: message)
    }
    static let unknownRoute = APIError.notFound("The requested resource was not found")

    // MARK: What the central error handler answers

    /// An id or value that cannot be cast.
    static func invalidID(isDangerous: Bool = false) -> APIError {
        APIError(
            status: 400, error: "Invalid ID", message: "Invalid resource ID format", isDated: true,
            isDangerous: isDangerous)
    }
    /// Anything without a handler of its own, such as malformed JSON.
    static func unhandled(status: Int = 500) -> APIError {
        APIError(status: status, error: "Internal Server Error", message: "Something went wrong", isDated: true)
    }
}
