package import NIOCore
package import NIOHTTP1

/// One response, whole.
///
/// The server adds `Content-Length`, `Date`, the security headers and, where it pays and the client accepts it, gzip.
package struct HTTPResponse: Sendable {
    package var status: HTTPResponseStatus
    package var headers: HTTPHeaders
    package var body: ByteBuffer
    /// True for an answer of somebody else's: the server adds nothing but `Date` and the length, and changes nothing.
    package var isPassedOn = false

    package init(status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response with a JSON body.
    package static func json(_ status: HTTPResponseStatus, _ body: ByteBuffer, headers: HTTPHeaders = [:])
        -> HTTPResponse
    {
        let type = (name: "content-type", value: "application/json")
        guard !headers.isEmpty else {
            return HTTPResponse(status: status, headers: HTTPHeaders([type]), body: body)
        }
        var headers = headers
        headers.replaceOrAdd(name: type.name, value: type.value)
        return HTTPResponse(status: status, headers: headers, body: body)
    }
}
