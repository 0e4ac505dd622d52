import HTTPServer
import NIOHTTP1

/// What browsers must be told so that pages of an allowed origin can call the API (Fetch standard, CORS protocol).
struct CrossOriginFields: Sendable {
    /// nil when the request did not come from a page of another origin.
    let origin: String?

    /// What of an answer's head scripts of the page may read.
    private static let exposed = [
        "Age", "Cache-Status", "Content-Disposition", "ETag", "Location", "RateLimit", "RateLimit-Policy",
        "Retry-After",
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
    ].joined(separator: ", ")

    func added(to response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers.add(name: "vary", value: "Origin")
        guard let origin else { return response }
        response.headers.add(name: "access-control-allow-origin", value: origin)
        response.headers.add(name: "access-control-expose-headers", value: CrossOriginFields.exposed)
        return response
    }

    /// The answer to a preflight; it costs nothing upstream, where it would be counted by nobody either.
    var preflight: HTTPHeaders {
        var headers: HTTPHeaders = ["allow": "GET, HEAD, POST, PATCH, DELETE, OPTIONS", "vary": "Origin"]
        guard let origin else { return headers }
        headers.add(name: "access-control-allow-origin", value: origin)
        headers.add(name: "access-control-allow-methods", value: "GET, HEAD, POST, PATCH, DELETE")
        headers.add(
            name: "access-control-allow-headers",
            value: "Authorization, Cache-Control, Content-Type, If-None-Match, X-Requested-With, X-Request-ID")
        headers.add(name: "access-control-max-age", value: "600")
        return headers
    }
}
