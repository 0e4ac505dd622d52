package import NIOHTTP1

/// Status and headers of an upstream's answer, as they came: order, case and repetitions are kept.
package struct AnswerHead: Sendable, Equatable {
    package var status: Int
    /// Empty over HTTP/2.
    package var reason: String
    package var isHTTP2: Bool
    package var headers: HTTPHeaders
    /// Length of the body, for HEAD of the one left out; nil when it comes in chunks or ends with the connection.
    package var contentLength: Int?

    package init(
        status: Int, reason: String = "", isHTTP2: Bool = false, headers: HTTPHeaders = [:], contentLength: Int? = nil
    ) {
        self.status = status
        self.reason = reason
        self.isHTTP2 = isHTTP2
        self.headers = headers
        self.contentLength = contentLength
    }
}
