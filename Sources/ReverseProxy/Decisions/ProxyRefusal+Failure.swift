import NIOHTTP1
import Streaming
package import UpstreamPipeline

extension ProxyRefusal {
    /// What a client is told when the exchange with the origin failed.
    package init(_ error: StreamError) {
        switch error {
        case .request(let failure): self.init(failure)
        case .exchange(let failure): self.init(failure)
        }
    }

    private init(_ failure: BodyFailure) {
        switch failure {
        case .tooLarge(let limitBytes):
            self.init(.payloadTooLarge, "The request body must not be larger than \(limitBytes) bytes.")
        case .timedOut: self.init(.requestTimeout, "The request body stopped arriving.")
        case .malformed: self.init(.badRequest, "The request body is not well-formed.")
        case .cutOff: self.init(.badRequest, "The request body broke off.")
        }
    }

    private init(_ failure: StreamFailure) {
        switch failure {
        case .nameNotResolved:
            self.init(.badGateway, "The origin's host name cannot be resolved.", proxyError: "dns_error")
        case .refused:
            self.init(.badGateway, "The origin does not accept connections.", proxyError: "connection_refused")
        case .connectTimedOut:
            self.init(
                .gatewayTimeout, "No connection to the origin could be made in time.", proxyError: "connection_timeout")
        case .untrusted:
            self.init(
                .badGateway, "No trusted TLS connection to the origin could be made.",
                proxyError: "tls_certificate_error")
        case .closedBeforeAnswer:
            self.init(
                .badGateway, "The origin closed the connection before it answered.",
                proxyError: "connection_terminated")
        case .answerTimedOut:
            self.init(.gatewayTimeout, "The origin did not answer in time.", proxyError: "http_response_timeout")
        case .notHTTP:
            self.init(.badGateway, "The origin's answer is not sound HTTP.", proxyError: "http_protocol_error")
        case .headTooLarge:
            self.init(
                .badGateway, "The header of the origin's answer is too large.",
                proxyError: "http_response_header_section_size")
        case .incomplete:
            self.init(
                .badGateway, "The origin's answer broke off in the middle.", proxyError: "http_response_incomplete")
        case .invalidRequest: self.init(.badRequest, "The request cannot be passed on.")
        case .noMemory:
            self.init(.internalServerError, "The request could not be prepared.", proxyError: "proxy_internal_error")
        case .shuttingDown, .cancelled:
            self.init(
                .serviceUnavailable, "The proxy is shutting down; try again in a moment.",
                proxyError: "destination_unavailable", headers: ["retry-after": "5"])
        }
    }
}
