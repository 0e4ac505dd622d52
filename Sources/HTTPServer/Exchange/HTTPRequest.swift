package import NIOCore
package import NIOHTTP1
package import Streaming

/// One request: head and body, the body within the configured limit unless the handler takes it in as it comes.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// The path as received, percent-encoded, without the query.
    package var path: String
    /// The query as received, without the question mark; nil when there is none.
    package var query: String?
    package var headers: HTTPHeaders
    package var body: ByteBuffer
    package var connection: ConnectionInfo
    package var version = HTTPVersion.http1_1
    /// What followed a body that came in chunks or over HTTP/2; those of a stream are at its end.
    package var trailers: HTTPHeaders = [:]
    /// The body as it comes, for a handler that asked for that; nil when there is none.
    ///
    /// The client is read from no faster than this is. `Expect: 100-continue` is answered at the first read.
    package var stream: BodyPipe?

    package init(
        method: HTTPMethod, path: String, query: String? = nil, headers: HTTPHeaders = [:],
        body: ByteBuffer = ByteBuffer(),
        connection: ConnectionInfo = ConnectionInfo()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.connection = connection
    }
}
