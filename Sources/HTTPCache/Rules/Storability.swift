import NIOHTTP1

/// Whether a response may be stored by a shared cache (RFC 9111, section 3).
struct Storability {
    enum Verdict: Equatable {
        case store
        case refuse(Refusal)
    }

    /// Why not, in the words of `Cache-Status` details and metrics.
    enum Refusal: String {
        case method, status, noStore = "no-store", isPrivate = "private", authorization, vary, range
        /// It could never be used: neither fresh, nor to be validated, nor to stand in for a failure.
        case useless
        case setCookie = "set-cookie"
    }

    let method: HTTPMethod
    let status: Int
    let headers: HTTPHeaders
    let directives: ResponseDirectives
    let lifetime: FreshnessLifetime
    /// Whether the request carried credentials.
    let isAuthorized: Bool
    /// Whether `Content-Location` names the request's own target.
    let isLocatedHere: Bool
    let configuration: CacheConfiguration

    var verdict: Verdict {
        guard self.method == .GET || self.isKeptForReading else { return .refuse(.method) }
        guard self.status >= 200, !StatusRules.isBoundToRequest(self.status) else { return .refuse(.status) }
        if self.directives.mustUnderstand {
            // Those who understand it may ignore the no-store beside it (RFC 9111, section 5.2.2.3).
            guard StatusRules.isUnderstood(self.status) else { return .refuse(.status) }
        } else if self.directives.isNoStore {
            return .refuse(.noStore)
        }
        if self.directives.isPrivate { return .refuse(.isPrivate) }
        if self.isAuthorized, !self.allowsAuthorized { return .refuse(.authorization) }
        if FieldText.members(self.headers["vary"]).contains("*") { return .refuse(.vary) }
        if self.status == 206, ContentRange(self.headers) == nil { return .refuse(.range) }
        guard self.isUseful else { return .refuse(.useless) }
        if self.headers.contains(name: "set-cookie"), !self.allowsCookie { return .refuse(.setCookie) }
        return .store
    }

    /// RFC 9110, section 9.3.3: a POST's answer that says it is what a GET of this target would get.
    private var isKeptForReading: Bool {
        self.method == .POST && self.isLocatedHere && self.lifetime.source == .explicit
            && (200...299).contains(self.status)
            && self.status != 206
    }

    /// RFC 9111, section 3.5.
    private var allowsAuthorized: Bool {
        self.directives.isPublic || self.directives.mustRevalidate || self.directives.sharedMaxAge != nil
    }

    /// A guess must not hand one visitor's cookie to the next; only the origin's own word may.
    private var allowsCookie: Bool {
        if self.directives.isPublic { return true }
        guard self.lifetime.source == .explicit else { return false }
        return self.configuration.storesCookies || self.directives.sharedMaxAge != nil || self.directives.isTargeted
    }

    private var isUseful: Bool {
        if self.lifetime.seconds > 0, !self.directives.isNoCache { return true }
        if (self.directives.staleIfError ?? 0) > 0 || (self.directives.staleWhileRevalidate ?? 0) > 0 { return true }
        let hasValidator = self.headers.contains(name: "etag") || self.headers.contains(name: "last-modified")
        return hasValidator && (StatusRules.isHeuristicallyCacheable(self.status) || self.lifetime.source != .none)
    }
}
