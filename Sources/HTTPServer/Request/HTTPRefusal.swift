import Compression
import NIOCore
import NIOHTTP1

/// A request the server itself turns down, with what to tell the client.
struct HTTPRefusal: Error, Equatable, CustomStringConvertible {
    let status: HTTPResponseStatus
    /// What was wrong and what to do; fixed text and numbers only, so that nothing needs escaping.
    let message: String
    let headers: HTTPHeaders

    init(_ status: HTTPResponseStatus, _ message: String, headers: HTTPHeaders = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    var description: String { "\(self.status.code) \(self.status.reasonPhrase): \(self.message)" }

    var response: HTTPResponse {
        let json = #"{"error":"\#(self.status.reasonPhrase)","message":"\#(self.message)"}"#
        return .json(self.status, ByteBuffer(string: json), headers: self.headers)
    }

    static let unanswered = HTTPRefusal(.internalServerError, "The request was not answered.")
    static let headerTimeout = HTTPRefusal(.requestTimeout, "The request header did not arrive in time.")
    static let bodyTimeout = HTTPRefusal(.requestTimeout, "The request body stopped arriving.")
    static let unsendable = HTTPRefusal(.internalServerError, "The answer has a header that cannot be sent.")
    static let malformed = HTTPRefusal(.badRequest, "The request is not well-formed HTTP/1.1.")
    static let plainHTTP = HTTPRefusal(.badRequest, "This port speaks HTTPS: use https:// in the address.")

    static func headerTooLarge(limitBytes: Int) -> HTTPRefusal {
        HTTPRefusal(
            .requestHeaderFieldsTooLarge, "Request line and headers must not be larger than \(limitBytes) bytes.")
    }

    static func bodyTooLarge(limitBytes: Int) -> HTTPRefusal {
        HTTPRefusal(.payloadTooLarge, "The request body must not be larger than \(limitBytes) bytes.")
    }

    static func undecodable(_ error: GzipError) -> HTTPRefusal {
        switch error {
        case .tooLarge(let limitBytes):
            HTTPRefusal(
                .payloadTooLarge,
                "The request body must not be larger than \(limitBytes) bytes once it is decompressed.")
        case .truncated: HTTPRefusal(.badRequest, "The request body is gzip that ends too early.")
        case .malformed: HTTPRefusal(.badRequest, "The request body is not the gzip that Content-Encoding says.")
        case .outOfMemory: HTTPRefusal(.serviceUnavailable, "There is no memory to decompress the request body.")
        }
    }

    static let unknownCoding = HTTPRefusal(
        .unsupportedMediaType, "The only Content-Encoding taken here is gzip.", headers: ["accept-encoding": "gzip"])

    /// What to answer when the parser gives up.
    static func parserError(_ error: HTTPParserError, headerLimitBytes: Int) -> HTTPRefusal {
        switch error {
        case .headerOverflow: .headerTooLarge(limitBytes: headerLimitBytes)
        case .invalidVersion: HTTPRefusal(.httpVersionNotSupported, "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
        case .invalidMethod: HTTPRefusal(.badRequest, "The request method is not a known one.")
        case .invalidURL: HTTPRefusal(.badRequest, "The request target is not a valid URL.")
        case .invalidHeaderToken: HTTPRefusal(.badRequest, "A header has a character that is not allowed.")
        case .invalidContentLength: HTTPRefusal(.badRequest, "Content-Length is not one plain number.")
        case .unexpectedContentLength:
            HTTPRefusal(.badRequest, "A request must have one Content-Length, and none beside Transfer-Encoding.")
        case .invalidChunkSize: HTTPRefusal(.badRequest, "A chunk of the body has no valid size.")
        case .invalidEOFState: HTTPRefusal(.badRequest, "The connection was closed in the middle of the request.")
        case .closedConnection: HTTPRefusal(.badRequest, "Data followed a request that said it was the last.")
        default: .malformed
        }
    }
}
