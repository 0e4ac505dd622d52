import UpstreamPipeline

/// How an answer came about, as `Cache-Status` says it (RFC 9211).
enum CacheStatus {
    static let name = "bitetrack-sidecar"

    static func text(_ reply: PipelineReply, isRead: Bool) -> String {
        let ttl = reply.freshFor.map { "; ttl=\(Int(($0 / .seconds(1)).rounded(.down)))" } ?? ""
        switch reply.source {
        case .cache: return "\(self.name); hit\(ttl)"
        case .stale: return "\(self.name); hit\(ttl); detail=stale"
        case .coalesced: return "\(self.name); fwd=miss; collapsed"
        case .batched: return "\(self.name); fwd=miss; collapsed; detail=batched"
        case .upstream:
            guard isRead else { return "\(self.name); fwd=method; fwd-status=\(reply.status)" }
            guard reply.freshFor != nil else { return "\(self.name); fwd=bypass; fwd-status=\(reply.status)" }
            let why = reply.isConfirmed ? "stale; fwd-status=304" : "miss; fwd-status=\(reply.status)"
            return "\(self.name); fwd=\(why); stored\(ttl)"
        }
    }

    static func text(_ error: PipelineError, isRead: Bool) -> String {
        if error.isCached { return "\(self.name); hit" }
        guard error.exchanges > 0 else { return "\(self.name); detail=\(error.code.rawValue)" }
        return "\(self.name); fwd=\(isRead ? "miss" : "method")"
            + (error.answer.map { _ in "; fwd-status=\(error.status)" } ?? "")
    }
}
