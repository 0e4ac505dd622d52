/// What this cache did, as `Cache-Status` tells it (RFC 9211).
package struct CacheStatus: Sendable, Equatable, CustomStringConvertible {
    /// Why a request went on to the origin (RFC 9211, section 2.2).
    package enum Forward: String, Sendable {
        /// Not to be answered from the cache, whatever it holds.
        case bypass
        case method
        case uriMiss = "uri-miss"
        case varyMiss = "vary-miss"
        case miss
        /// The client asked for more than what was stored.
        case request
        case stale
        case partial
    }

    package var name: String
    package var isHit = false
    package var forward: Forward?
    /// What the origin said, where that is not what the client is told.
    package var forwardStatus: Int?
    /// Seconds of freshness left; negative when stale.
    package var timeToLive: Int?
    package var isStored = false
    package var isCollapsed = false
    package var detail: String?

    package var description: String {
        var text = self.name
        if self.isHit { text += "; hit" }
        if let forward = self.forward { text += "; fwd=\(forward.rawValue)" }
        if let status = self.forwardStatus { text += "; fwd-status=\(status)" }
        if let timeToLive = self.timeToLive { text += "; ttl=\(timeToLive)" }
        if self.isStored { text += "; stored" }
        if self.isCollapsed { text += "; collapsed" }
        if let detail = self.detail { text += "; detail=\(detail)" }
        return text
    }
}
