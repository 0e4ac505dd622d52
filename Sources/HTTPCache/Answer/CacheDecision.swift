import NIOHTTP1

/// What to do with a request.
package enum CacheDecision: Sendable {
    /// Give this answer; the origin is not asked.
    case answer(CachedAnswer)
    /// Give this stale answer, and ask the origin behind it (RFC 5861, section 3).
    case answerAndRefresh(CachedAnswer, ForwardPlan)
    /// Ask the origin.
    case forward(ForwardPlan)
    /// The client wants nothing but a stored answer, and there is none: 504 (RFC 9111, section 5.2.1.7).
    case gatewayTimeout
}

/// What to do with the head of the origin's final response.
///
/// Interim responses (1xx) go on to the client and are never shown to the cache.
package enum CacheReception: Sendable {
    /// Pass it on, with this `Cache-Status` behind those it has; keep its body when it can be stored.
    case relay(CacheStatus, Keeping?)
    /// Give this answer from the store instead of what came.
    case answer(CachedAnswer)
    /// Ask again without conditions: the origin spoke of a version that is not stored.
    case askAgain(ForwardPlan)
}

/// A response on its way into the store; its body is still to come.
package struct Keeping: Sendable {
    let plan: ForwardPlan
    let status: Int
    let headers: HTTPHeaders
    let directives: ResponseDirectives
    let lifetime: FreshnessLifetime
    let respondedAt: Moment

    /// Whether the next request can be given the same without asking the origin.
    package var isReusable: Bool { self.lifetime.seconds > 0 && !self.directives.isNoCache }
}
