/// The security headers a server adds to every answer that does not have its own.
struct CommonHeaders: Sendable {
    /// How many there are at most.
    static let count = 7

    /// False adds none.
    var isOn: Bool
    let isTLS: Bool

    @inline(__always)
    func forEach(missingFrom fields: HeaderSurvey.Fields, _ body: (String, String) -> Void) {
        guard self.isOn else { return }
        if !fields.contains(.cacheControl) { body("cache-control", "no-store") }
        if !fields.contains(.contentTypeOptions) { body("x-content-type-options", "nosniff") }
        if !fields.contains(.frameOptions) { body("x-frame-options", "DENY") }
        if !fields.contains(.referrerPolicy) { body("referrer-policy", "no-referrer") }
        if !fields.contains(.contentSecurityPolicy) {
            body("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        }
        if self.isTLS, !fields.contains(.transportSecurity) { body("strict-transport-security", "max-age=31536000") }
    }
}
