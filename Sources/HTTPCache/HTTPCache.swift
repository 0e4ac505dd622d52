import NIOHTTP1
import Synchronization

/// A shared cache of HTTP responses (RFC 9111), without sockets or clocks: decides on requests and responses it is told.
///
/// Safe to use from every event loop: a lookup holds the lock for finding the entry alone, and all that is decided about
/// it is decided on immutable values outside.
package final class HTTPCache: Sendable {
    package let configuration: CacheConfiguration
    let state: Mutex<CacheState>
    let commonLines = CommonLineTable()

    package init(configuration: CacheConfiguration = CacheConfiguration()) {
        self.configuration = configuration
        self.state = Mutex(CacheState(capacityBytes: configuration.capacityBytes))
    }

    /// Decides how `request` is answered.
    ///
    /// - Parameter zone: keeps origins apart that share this cache.
    package func lookup(_ request: CacheRequest, zone: String = "", now: Moment) -> CacheDecision {
        let survey = RequestSurvey(request.headers)
        let keyText = CacheKey.text(zone: zone, authority: request.authority, target: request.target)
        let inquiry = Inquiry(
            request: request, survey: survey, key: CacheKey(keyText), keyText: keyText,
            directives: self.directives(request, survey), configuration: self.configuration, now: now)
        guard MethodRules.isAnswerable(request.method), !request.hasBody else {
            return .forward(inquiry.plan(.method, sequence: self.sequence, mayStore: request.method == .POST))
        }
        if inquiry.bypasses { return .forward(inquiry.plan(.bypass, sequence: self.sequence, mayStore: false)) }
        let (variants, sequence) = self.state.withLock { state in (state.find(inquiry.key), state.sequence) }
        return inquiry.decision(variants, sequence: sequence) { key in
            self.state.withLock { $0.beginRefresh(key, now: now) }
        }
    }

    /// A fresh answer that no header selects, conditions and ranges aside; nil where ``lookup(_:zone:now:)`` is to decide.
    ///
    /// For a request as the client sent it, before anything is made of it for the origin.
    package func freshAnswer(to request: CacheRequest, zone: String = "", now: Moment) -> CachedAnswer? {
        guard MethodRules.isAnswerable(request.method), !request.hasBody else { return nil }
        let survey = RequestSurvey(request.headers)
        let keyText = CacheKey.text(zone: zone, authority: request.authority, target: request.target)
        let inquiry = Inquiry(
            request: request, survey: survey, key: CacheKey(keyText), keyText: keyText,
            directives: self.directives(request, survey), configuration: self.configuration, now: now)
        guard !inquiry.bypasses, let variants = self.state.withLock({ $0.find(inquiry.key) }) else { return nil }
        return inquiry.freshAnswer(variants)
    }

    private func directives(_ request: CacheRequest, _ survey: RequestSurvey) -> RequestDirectives {
        self.configuration.honoursRequestDirectives && survey.contains(.cacheControl)
            ? RequestDirectives(request.headers) : RequestDirectives()
    }

    var sequence: UInt64 { self.state.withLock { $0.sequence } }

    // MARK: Figures

    package struct Figures: Sendable, Equatable {
        package var entries: Int
        package var bytes: Int
        package var evictions: Int
    }

    package var figures: Figures {
        self.state.withLock {
            Figures(entries: $0.store.count, bytes: $0.store.bytes, evictions: $0.store.evictionCount)
        }
    }
}
