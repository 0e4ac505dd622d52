import HTTPCache
package import HTTPServer
import NIOCore
import NIOHTTP1
import ReverseProxy

extension CachedAnswer: PrecomposedResponse {
    package var response: HTTPResponse {
        guard let body = self.body else {
            return ProxyRefusal(
                .internalServerError, "The stored answer is damaged.", proxyError: "proxy_internal_error"
            ).response
        }
        var headers = self.headers
        // A server counts what it sends; of HEAD that is nothing.
        if self.isForHead, let length = self.contentLength {
            headers.add(name: "content-length", value: String(length))
        }
        var response = HTTPResponse(status: self.status, headers: headers, body: body)
        response.isPassedOn = true
        return response
    }
}
