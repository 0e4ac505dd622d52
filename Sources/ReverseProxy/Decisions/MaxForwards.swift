import HTTPServer
import NIOHTTP1

/// How many more hops an OPTIONS request may go (RFC 9110, section 7.6.2).
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
    static var lastRecipient: HTTPResponse {
        HTTPResponse(status: .ok, headers: ["allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"])
    }
}
