import NIOHTTP1

/// What browsers must be told so that pages of an allowed origin can speak MCP (Fetch standard, CORS protocol).
struct CrossOrigin: Sendable {
    /// An allowed origin; nil when the request did not come from a browser.
    let origin: String?

    private static let requestHeaders: Set<String> = [
        "content-type", "accept", "authorization", "last-event-id", "mcp-session-id", "mcp-protocol-version",
        "mcp-method", "mcp-name",
    ]

    /// Headers for every answer.
    var responseHeaders: HTTPHeaders {
        guard let origin else { return [:] }
        return [
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "Mcp-Session-Id, WWW-Authenticate",
            "vary": "Origin",
        ]
    }

    /// Headers for the answer to a preflight that asks for `requested`.
    func preflightHeaders(requested: [String]) -> HTTPHeaders {
        var headers: HTTPHeaders = ["allow": "GET, POST, DELETE, OPTIONS"]
        guard self.origin != nil else { return headers }
        headers.add(contentsOf: self.responseHeaders)
        headers.add(name: "access-control-allow-methods", value: "GET, POST, DELETE")
        let parameters = requested.flatMap { $0.split(separator: ",") }
            .map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            .filter { $0.hasPrefix("mcp-param-") && $0.utf8.allSatisfy(CrossOrigin.isNameByte) }
        let allowed = CrossOrigin.requestHeaders.sorted() + parameters.prefix(32)
        headers.add(name: "access-control-allow-headers", value: allowed.joined(separator: ", "))
        headers.add(name: "access-control-max-age", value: "600")
        return headers
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
}
