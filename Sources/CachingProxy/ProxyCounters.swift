package import HTTPCache
package import Observability
import ReverseProxy

/// What one proxy counts: what came of its requests, and how its origin did.
package struct ProxyCounters: Sendable {
    /// What came of a request.
    package enum Outcome: Int, CaseIterable, Sendable {
        /// Answered from the store, fresh.
        case hit
        /// Answered from the store although its time was over.
        case stale
        /// Answered from the store after the origin said that it still holds.
        case revalidated
        /// Answered with what another request for the same target brought.
        case coalesced
        /// Nothing stored fitted: the origin answered.
        case miss
        /// The time of what was stored was over, and the origin had something new.
        case expired
        /// What is stored did not matter: the origin answered.
        case bypass
        /// The origin gave no answer, and nothing stored could stand in.
        case failed
        /// Refused here, or given up by the client.
        case refused
    }

    private let outcomes: [Counter]
    private let failures: [String: Counter]

    /// Errors of `Proxy-Status` that are the origin's.
    private static let errors = [
        "connection_refused", "connection_terminated", "connection_timeout", "dns_error", "http_protocol_error",
        "http_response_header_section_size", "http_response_timeout", "tls_certificate_error",
    ]
    private static let serverError = "server_error"

    /// - Parameter path: of the proxy, from the configuration.
    package init(_ metrics: Metrics, path: String) {
        self.outcomes = Outcome.allCases.map { outcome in
            metrics.counter(
                "bitetrack_proxy_requests_total", "Requests to an origin of [[proxy]], by what came of them.",
                labels: [("proxy", path), ("outcome", "\(outcome)")])
        }
        self.failures = Dictionary(
            uniqueKeysWithValues: (Self.errors + [Self.serverError]).map { reason in
                let counter = metrics.counter(
                    "bitetrack_proxy_origin_failures_total",
                    "Questions that an origin of [[proxy]] did not answer, or with a status of 500 or more.",
                    labels: [("proxy", path), ("reason", reason)])
                return (reason, counter)
            })
    }

    /// Counts what nobody looks at.
    package init() { self.init(Metrics(), path: "/") }

    package func count(_ outcome: Outcome) { self.outcomes[outcome.rawValue].increment() }

    /// There is no answer; where that is the client's doing, or ours, it is no failure of the origin.
    func originFailed(_ refusal: ProxyRefusal) { self.failures[refusal.proxyError]?.increment() }

    /// Counts a request that is answered with this.
    func count(_ refusal: ProxyRefusal) { self.count(self.failures[refusal.proxyError] == nil ? .refused : .failed) }

    func originAnswered(_ status: Int) { if status >= 500 { self.failures[Self.serverError]?.increment() } }

    /// - Parameter hasWaited: for another request's answer.
    static func outcome(of status: CacheStatus, hasWaited: Bool = false) -> Outcome {
        if status.isHit { return (status.timeToLive ?? 0) < 0 ? .stale : hasWaited ? .coalesced : .hit }
        switch status.forward {
        case .stale: return status.forwardStatus == 304 ? .revalidated : .expired
        case .request where status.forwardStatus == 304: return .revalidated
        case .uriMiss, .varyMiss, .miss, .partial: return .miss
        case .request, .bypass, .method, nil: return .bypass
        }
    }
}

extension Metrics {
    /// Shows what a proxy's cache holds.
    package func read(_ cache: HTTPCache, path: String) {
        let labels = [("proxy", path)]
        self.gauge("bitetrack_proxy_cache_entries", "Targets with kept answers.", labels: labels) {
            Double(cache.figures.entries)
        }
        self.gauge("bitetrack_proxy_cache_bytes", "What kept answers take up.", labels: labels) {
            Double(cache.figures.bytes)
        }
        self.counter(
            "bitetrack_proxy_cache_evictions_total", "Targets whose answers made room for others.", labels: labels
        ) { cache.figures.evictions }
    }
}
