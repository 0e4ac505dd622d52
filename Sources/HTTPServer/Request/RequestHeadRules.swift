import HTTPSyntax
import NIOHTTP1

/// What a request's head must satisfy beyond what the parser checks.
struct RequestHeadRules {
    let headerBytes: Int
    let bodyBytes: Int

    /// What a sound head says of the body.
    struct Findings: Equatable {
        /// The client waits for leave to send it.
        let expectsContinue: Bool
        /// A length above 0 or chunks were announced; HTTP/2 announces neither.
        let mayHaveBody: Bool
    }

    func check(_ head: HTTPRequestHead, isHTTP2: Bool, intake: BodyIntake = .assembled) throws(HTTPRefusal)
        -> Findings
    {
        var hosts = 0
        var length: Int?
        var transferEncodings = 0
        var expectsContinue = false
        // Bytes of request line and headers on the wire.
        var bytes = head.uri.utf8.count + head.method.rawValue.utf8.count + 12
        for (name, value) in head.headers {
            bytes += name.utf8.count + value.utf8.count + 4
            // Comparing lengths first spares most names the case-insensitive comparison.
            switch name.utf8.count {
            case 4 where name.isSame(as: "host"):
                hosts += 1
                guard HostSyntax.isSound(value) else {
                    throw HTTPRefusal(.badRequest, "The Host header is not a host with or without a port.")
                }
            case 6 where name.isSame(as: "expect"):
                guard value.isSame(as: "100-continue") else {
                    throw HTTPRefusal(.expectationFailed, "The only expectation met here is 100-continue.")
                }
                expectsContinue = head.version.isModern
            case 14 where name.isSame(as: "content-length"): length = try Self.length(value, after: length)
            case 17 where name.isSame(as: "transfer-encoding"):
                transferEncodings += 1
                guard value.isSame(as: "chunked"), transferEncodings == 1, head.version.isModern else {
                    throw HTTPRefusal(.notImplemented, "The only transfer encoding spoken here is chunked.")
                }
            default: break
            }
        }
        guard bytes <= self.headerBytes else { throw .headerTooLarge(limitBytes: self.headerBytes) }
        if transferEncodings > 0, length != nil {
            throw HTTPRefusal(.badRequest, "A request must not have both Transfer-Encoding and Content-Length.")
        }
        if hosts > 1 || (hosts == 0 && !isHTTP2 && head.version.isModern) {
            throw HTTPRefusal(.badRequest, "A request must have exactly one Host header.")
        }
        let limit: Int? = if case .streamed(let limitBytes) = intake { limitBytes } else { self.bodyBytes }
        if let length, let limit, length > limit { throw .bodyTooLarge(limitBytes: limit) }
        let mayHaveBody = transferEncodings > 0 || (length ?? 0) > 0
        return Findings(expectsContinue: expectsContinue && mayHaveBody, mayHaveBody: mayHaveBody)
    }

    /// Content-Length is digits only, and the same if it comes twice (RFC 9112, section 6.3).
    private static func length(_ value: String, after previous: Int?) throws(HTTPRefusal) -> Int {
        guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(value) else {
            throw HTTPRefusal(.badRequest, "Content-Length is not one plain number.")
        }
        guard previous == nil || previous == length else {
            throw HTTPRefusal(.badRequest, "Two Content-Length headers contradict each other.")
        }
        return length
    }
}
