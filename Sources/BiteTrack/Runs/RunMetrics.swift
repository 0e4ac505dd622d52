import Observability

/// The numbers kept of all runs.
struct RunMetrics: Sendable {
    let refused: Counter
    private let metrics: Metrics
    private let duration: LatencyHistogram

    init(_ metrics: Metrics) {
        self.metrics = metrics
        self.refused = metrics.counter("bitetrack_runs_refused_total", "Runs refused because there were too many.")
        self.duration = metrics.histogram("bitetrack_run_seconds", "From the start of a run to its result.")
    }

    /// - Parameter outcome: `value` or the code of a failure.
    func record(outcome: String, ledger: RunLedger, duration: Duration) {
        self.metrics.counter("bitetrack_runs_total", "Finished runs.", labels: [("outcome", outcome)]).increment()
        self.duration.record(duration)
        let sources = [("upstream", ledger.upstream), ("cache", ledger.cached), ("shared", ledger.coalesced)]
        for (source, count) in sources where count > 0 {
            self.metrics.counter("bitetrack_run_calls_total", "API calls of runs.", labels: [("source", source)])
                .increment(by: count)
        }
    }
}
