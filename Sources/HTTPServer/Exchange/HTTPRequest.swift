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

/// What is known of the connection a request came on.
package struct ConnectionInfo: Sendable {
    /// The peer's address without port, such as `127.0.0.1`.
    package var peerAddress = ""
    package var isTLS = false
    package var isHTTP2 = false
    /// Subject of a verified client certificate, RFC 4514 form; nil without one.
    package var clientCertificateSubject: String?

    package init() {}
}
