import NIOHTTP1

extension StoredFacts {
    init(
        status: Int, headers: HTTPHeaders, directives: ResponseDirectives, lifetime: FreshnessLifetime, initialAge: Int64,
        now: Moment, sequence: UInt64, kept: Flags
    ) {
        var flags = kept
        if directives.isNoCache { flags.insert(.alwaysValidates) }
        if directives.forbidsStale { flags.insert(.forbidsStale) }
        if let tag = headers.first(name: "etag") {
            flags.insert(.hasETag)
            if !EntityTag.isWeak(tag) { flags.insert(.hasStrongETag) }
        }
        if headers.contains(name: "last-modified") { flags.insert(.hasLastModified) }
        if lifetime.source == .heuristic { flags.insert(.isHeuristic) }
        self.init(
            status: UInt16(clamping: status), flags: flags, lifetime: UInt32(clamping: lifetime.seconds),
            staleWhileRevalidate: UInt32(clamping: directives.staleWhileRevalidate ?? 0),
            staleIfError: UInt32(clamping: directives.staleIfError ?? 0),
            date: UInt32(clamping: ResponseAge.date(headers, now: now) ?? now.wallSeconds),
            respondedAt: now.steadyMilliseconds, initialAge: initialAge, sequence: sequence)
    }
}
