import NIOHTTP1

/// What request methods mean to a cache.
enum MethodRules {
    /// Whether stored answers may answer it.
    static func isAnswerable(_ method: HTTPMethod) -> Bool { method == .GET || method == .HEAD }

    /// Safe methods change nothing; one that is not known must be taken as changing something (RFC 9111, section 4.4).
    static func isSafe(_ method: HTTPMethod) -> Bool { [.GET, .HEAD, .OPTIONS, .TRACE, .PROPFIND, .REPORT, .SEARCH].contains(method) }
}
