import NIOHTTP1

/// What a response tells this shared cache to do (RFC 9111, section 5.2.2; RFC 5861; RFC 8246; RFC 9213).
struct ResponseDirectives: Equatable {
    var maxAge: Int?
    var sharedMaxAge: Int?
    var isNoStore = false
    /// `no-cache` without field names.
    var isNoCache = false
    /// `private` without field names.
    var isPrivate = false
    var isPublic = false
    var mustRevalidate = false
    var proxyRevalidate = false
    var mustUnderstand = false
    var isImmutable = false
    var isNoTransform = false
    var staleWhileRevalidate: Int?
    var staleIfError: Int?
    /// Fields not to be kept: those named by `no-cache` and `private`.
    var unstoredFields: [String] = []
    /// Whether a targeted field spoke; `Cache-Control` and `Expires` then say nothing to this cache (RFC 9213, section 2.1).
    var isTargeted = false

    init(_ headers: HTTPHeaders, targetedFields: [String] = []) {
        for name in targetedFields {
            let lines = headers[name]
            guard !lines.isEmpty, let directives = TargetedDirectives.read(lines, field: name) else { continue }
            self.init(directives)
            self.isTargeted = true
            return
        }
        self.init(Directives(headers["cache-control"]))
    }

    init(_ directives: Directives) {
        self.maxAge = directives.seconds("max-age")
        self.sharedMaxAge = directives.seconds("s-maxage")
        self.isNoStore = directives.contains("no-store")
        self.isNoCache = directives.containsWhole("no-cache")
        self.isPrivate = directives.containsWhole("private")
        self.isPublic = directives.contains("public")
        self.mustRevalidate = directives.contains("must-revalidate")
        self.proxyRevalidate = directives.contains("proxy-revalidate")
        self.mustUnderstand = directives.contains("must-understand")
        self.isImmutable = directives.contains("immutable")
        self.isNoTransform = directives.contains("no-transform")
        self.staleWhileRevalidate = directives.seconds("stale-while-revalidate")
        self.staleIfError = directives.seconds("stale-if-error")
        self.unstoredFields = directives.fields("no-cache") + directives.fields("private")
    }

    /// Whether a stale answer must not be given without asking the origin (RFC 9111, section 4.2.4).
    var forbidsStale: Bool {
        self.isNoCache || self.mustRevalidate || self.proxyRevalidate || self.sharedMaxAge != nil
    }
}
