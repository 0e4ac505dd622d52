import NIOHTTP1

/// Headers on every answer: Helmet's defaults and cross-origin permission.
enum StandardHeaders {
    private static let contentSecurityPolicy = [
        "default-src 'self'", "base-uri 'self'", "font-src 'self' https: data:", "form-action 'self'",
        "frame-ancestors 'self'", "img-src 'self' data:", "object-src 'none'", "script-src 'self'",
        "script-src-attr 'none'", "style-src 'self' https: 'unsafe-inline'", "upgrade-insecure-requests",
    ].joined(separator: ";")

    private static let helmet = [
        ("Content-Security-Policy", contentSecurityPolicy),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Origin-Agent-Cluster", "?1"),
        ("Referrer-Policy", "no-referrer"),
        ("Strict-Transport-Security", "max-age=15552000; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-DNS-Prefetch-Control", "off"),
        ("X-Download-Options", "noopen"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("X-Permitted-Cross-Domain-Policies", "none"),
        ("X-XSS-Protection", "0"),
        ("Vary", "Origin"),
        ("Access-Control-Allow-Credentials", "true"),
    ]

    static func headers(origin: String?) -> HTTPHeaders {
        var headers = HTTPHeaders(self.helmet)
        if let origin, self.isAllowed(origin) { headers.add(name: "Access-Control-Allow-Origin", value: origin) }
        return headers
    }

    /// What a preflight is told on top.
    static let preflight = [
        ("Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE,OPTIONS"),
        ("Access-Control-Allow-Headers", "Content-Type,Authorization,X-Requested-With,X-Request-ID"),
    ]

    /// Pages served from this machine may read answers.
    private static func isAllowed(_ origin: String) -> Bool {
        let prefix = "http://localhost:"
        guard origin.hasPrefix(prefix) else { return false }
        let port = origin.dropFirst(prefix.count)
        return !port.isEmpty && port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
