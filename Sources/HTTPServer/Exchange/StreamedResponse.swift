package import NIOHTTP1

/// The head of a response whose body follows in pieces.
package struct StreamedResponse: Sendable {
    package var status: HTTPResponseStatus
    package var headers: HTTPHeaders
    /// Length of the body, for HEAD of the body that is left out; nil sends chunks.
    ///
    /// A body that turns out longer or shorter is cut off, so that the client sees it.
    package var contentLength: Int?
    /// False for answers that are passed on: the server adds nothing but `Date`.
    package var addsCommonHeaders: Bool

    package init(
        status: HTTPResponseStatus, headers: HTTPHeaders = [:], contentLength: Int? = nil,
        addsCommonHeaders: Bool = true
    ) {
        self.status = status
        self.headers = headers
        self.contentLength = contentLength
        self.addsCommonHeaders = addsCommonHeaders
    }
}

/// How an answer that comes in pieces begins.
enum StreamStart: Sendable {
    case events(HTTPHeaders)
    case body(StreamedResponse)
}
