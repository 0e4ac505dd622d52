package import HTTPServer
import JSON
import NIOCore
package import NIOHTTP1

/// An answer of the proxy's own: why a request got none from the origin.
package struct ProxyRefusal: Error, Sendable, Equatable {
    package var status: HTTPResponseStatus
    package var message: String
    /// Error type of `Proxy-Status` (RFC 9209, section 2.3).
    package var proxyError: String
    package var headers: HTTPHeaders

    package init(
        _ status: HTTPResponseStatus, _ message: String, proxyError: String = "http_request_error",
        headers: HTTPHeaders = [:]
    ) {
        self.status = status
        self.message = message
        self.proxyError = proxyError
        self.headers = headers
    }

    package var response: HTTPResponse {
        var headers = self.headers
        headers.add(name: "proxy-status", value: "\(Via.pseudonym); error=\(self.proxyError)")
        headers.replaceOrAdd(name: "cache-control", value: "no-store")
        let body: JSONValue = [
            "error": .string(self.status.reasonPhrase), "message": .string(self.message),
            "statusCode": JSONValue(Int(self.status.code)),
        ]
        return .json(self.status, ByteBuffer(bytes: body.serialized), headers: headers)
    }
}
