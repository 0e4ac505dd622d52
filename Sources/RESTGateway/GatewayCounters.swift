import Observability
import UpstreamPipeline

/// What came of clients' requests.
struct GatewayCounters: Sendable {
    let refused: Counter
    private let cached: Counter
    private let shared: Counter
    private let sent: Counter
    private let failed: Counter

    init(_ metrics: Metrics) {
        func counter(_ outcome: String) -> Counter {
            metrics.counter(
                "bitetrack_rest_requests_total", "Requests of HTTP clients to the API.", labels: [("outcome", outcome)])
        }
        (self.refused, self.cached) = (counter("refused"), counter("cached"))
        (self.shared, self.sent, self.failed) = (counter("shared"), counter("sent"), counter("failed"))
    }

    func count(_ reply: PipelineReply) {
        switch reply.source {
        case .cache, .stale: self.cached.increment()
        case .coalesced, .batched: self.shared.increment()
        case .upstream: self.sent.increment()
        }
    }

    func count(_ error: PipelineError) {
        if error.isCached {
            self.cached.increment()
        } else if error.exchanges > 0 {
            self.failed.increment()
        } else {
            self.refused.increment()
        }
    }
}
