package import NIOCore
package import NIOHTTP1

/// One request, whole: head and body, the body within the configured limit.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// The path as received, percent-encoded, without the query.
    package var path: String
    /// The query as received, without the question mark; nil when there is none.
    package var query: String?
    package var headers: HTTPHeaders
    package var body: ByteBuffer
    package var connection: ConnectionInfo

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
