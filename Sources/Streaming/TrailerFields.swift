package import NIOHTTP1

/// Which fields may follow a body (RFC 9110, section 6.5.1).
package enum TrailerFields {
    /// What frames or routes a message, says who sends it, or decides what becomes of it would be believed too late.
    private static let refused: Set<String> = [
        "age", "authorization", "cache-control", "client-ip", "connection", "content-encoding", "content-length",
        "content-range",
        "content-type", "cookie", "date", "expect", "expires", "forwarded", "host", "http2-settings", "keep-alive",
        "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range",
        "retry-after", "set-cookie", "te", "trailer", "transfer-encoding", "true-client-ip", "upgrade", "vary", "via",
        "www-authenticate", "x-client-ip", "x-real-ip",
    ]

    /// `fields` without those that must not come after the body.
    package static func passable(_ fields: HTTPHeaders) -> HTTPHeaders {
        guard !fields.isEmpty else { return fields }
        return HTTPHeaders(
            fields.filter { name, _ in
                let name = name.lowercased()
                return !self.refused.contains(name) && !name.hasPrefix("x-forwarded-") && !name.contains("_")
            })
    }
}
