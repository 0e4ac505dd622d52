import HTTPServer
import NIOCore
import NIOHTTP1

/// How many more hops an OPTIONS or TRACE request may go (RFC 9110, section 7.6.2).
enum MaxForwards: Equatable {
    case unlimited
    /// This many after this hop.
    case left(Int)
    /// This hop is the last.
    case exhausted

    init(_ headers: HTTPHeaders) {
        guard let text = headers.first(name: "max-forwards"), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        else {
            self = .unlimited
            return
        }
        self = number == 0 ? .exhausted : .left(number - 1)
    }

    /// The answer of whom a request was meant for.
    static func lastRecipient(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == .TRACE else {
            return HTTPResponse(
                status: .ok, headers: ["allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE"])
        }
        // The request as it came, without what a page must not learn of its own browser.
        let query = request.query.map { "?" + $0 } ?? ""
        var text = "TRACE \(request.path)\(query) HTTP/1.\(request.version.minor)\r\n"
        for (name, value) in request.headers
        where !["authorization", "cookie", "proxy-authorization"].contains(name.lowercased()) {
            text += "\(name): \(value)\r\n"
        }
        return HTTPResponse(
            status: .ok, headers: ["content-type": "message/http"], body: ByteBuffer(string: text + "\r\n"))
    }
}
