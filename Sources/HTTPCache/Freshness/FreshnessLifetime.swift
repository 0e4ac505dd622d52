import HTTPSyntax
import NIOHTTP1

/// How long a response may be used without asking its origin (RFC 9111, section 4.2.1).
struct FreshnessLifetime: Equatable {
    enum Source: Equatable {
        /// The origin said it, by a directive or `Expires`.
        case explicit
        /// Guessed from `Last-Modified` (RFC 9111, section 4.2.2).
        case heuristic
        /// The operator's word.
        case configured
        case none
    }

    let seconds: Int
    let source: Source

    init(
        status: Int, headers: HTTPHeaders, directives: ResponseDirectives, configuration: CacheConfiguration, now: Moment
    ) {
        if let override = configuration.overridingLifetime {
            (self.seconds, self.source) = (override, .configured)
        } else if let stated = directives.sharedMaxAge ?? directives.maxAge {
            (self.seconds, self.source) = (stated, .explicit)
        } else if !directives.isTargeted, let expires = headers.first(name: "expires") {
            // A date that is none, above all "0", lies in the past (RFC 9111, section 5.3).
            let moment = HTTPDate.secondsSinceEpoch(of: expires, now: now.wallSeconds)
            let date = ResponseAge.date(headers, now: now) ?? now.wallSeconds
            (self.seconds, self.source) = (moment.map { max(0, min($0 - date, Int(Int32.max))) } ?? 0, .explicit)
        } else if let guessed = Self.guess(status, headers, directives, configuration, now) {
            (self.seconds, self.source) = (guessed, .heuristic)
        } else if let negative = configuration.negativeLifetime, [404, 405, 410, 414, 501].contains(status) {
            (self.seconds, self.source) = (negative, .configured)
        } else if let standard = configuration.defaultLifetime, StatusRules.isHeuristicallyCacheable(status), status < 400 {
            (self.seconds, self.source) = (standard, .configured)
        } else {
            (self.seconds, self.source) = (0, .none)
        }
    }

    private static func guess(
        _ status: Int, _ headers: HTTPHeaders, _ directives: ResponseDirectives, _ configuration: CacheConfiguration,
        _ now: Moment
    ) -> Int? {
        // no-cache gives no leave to use it unasked, whatever the guess.
        guard configuration.heuristicPercent > 0, !directives.isNoCache,
            StatusRules.isHeuristicallyCacheable(status) || directives.isPublic,
            let text = headers.first(name: "last-modified"),
            let changed = HTTPDate.secondsSinceEpoch(of: text, now: now.wallSeconds)
        else { return nil }
        let date = ResponseAge.date(headers, now: now) ?? now.wallSeconds
        guard date > changed else { return nil }
        return min((date - changed) * configuration.heuristicPercent / 100, configuration.heuristicLimit)
    }
}
