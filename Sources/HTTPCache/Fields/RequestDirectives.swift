import NIOHTTP1

/// What a client asks of caches (RFC 9111, section 5.2.1; RFC 5861, section 4).
struct RequestDirectives: Equatable {
    var maxAge: Int?
    var minFresh: Int?
    /// Any staleness will do when the directive has no argument.
    var maxStale: Int?
    var isNoCache = false
    var isNoStore = false
    var isOnlyIfCached = false
    var staleIfError: Int?

    /// Of a client that asks for nothing.
    init() {}

    init(_ headers: HTTPHeaders) {
        let lines = headers["cache-control"]
        guard !lines.isEmpty else {
            // Only those who know no Cache-Control mean it (RFC 9111, section 5.4).
            self.isNoCache = Directives(headers["pragma"]).contains("no-cache")
            return
        }
        let directives = Directives(lines)
        self.maxAge = directives.seconds("max-age")
        self.minFresh = directives.seconds("min-fresh")
        self.maxStale = directives.first("max-stale").map { $0.argument == nil ? Int.max : FieldText.seconds($0.argument!) ?? 0 }
        self.isNoCache = directives.contains("no-cache")
        self.isNoStore = directives.contains("no-store")
        self.isOnlyIfCached = directives.contains("only-if-cached")
        self.staleIfError = directives.seconds("stale-if-error")
    }
}
