import Observability

/// The numbers kept of all runs.
struct RunMetrics: Sendable {
    /// A tool, as the label of a metric.
    enum ToolLabel: String { case search = "search_tools", read = "read_tools", run = "run_code" }

    let refused: Counter
    private let metrics: Metrics
    private let duration: LatencyHistogram
    // Found once: to find a counter by its labels takes as long as to answer a search.
    private let searchTokens: Counter
    private let readTokens: Counter
    private let runTokens: Counter

    init(_ metrics: Metrics) {
        self.metrics = metrics
        self.refused = metrics.counter("bitetrack_runs_refused_total", "Runs refused because there were too many.")
        self.duration = metrics.histogram("bitetrack_run_seconds", "From the start of a run to its result.")
        func resultTokens(_ tool: ToolLabel) -> Counter {
            metrics.counter(
                "bitetrack_result_tokens_total", "Estimated tokens of results shown to models.",
                labels: [("tool", tool.rawValue)])
        }
        self.searchTokens = resultTokens(.search)
        self.readTokens = resultTokens(.read)
        self.runTokens = resultTokens(.run)
    }

    /// A tool's answer went to a model.
    ///
    /// - Parameter isModule: whether it was the whole text of a module.
    func recordResult(of tool: ToolLabel, bytes: Int, isModule: Bool = false) {
        let counter =
            switch tool {
            case .search: self.searchTokens
            case .read: self.readTokens
            case .run: self.runTokens
            }
        counter.increment(by: TokenEstimate.tokens(inBytes: bytes))
        if isModule { self.recordModuleRead() }
    }

    /// What the tools and the instructions cost every conversation.
    func recordSurface(bytes: Int) {
        let tokens = Double(TokenEstimate.tokens(inBytes: bytes))
        self.metrics.gauge("bitetrack_surface_tokens", "Estimated tokens of tools and instructions.") { tokens }
    }

    /// The text of a module went to a model as an MCP resource.
    func recordModuleRead() {
        self.metrics.counter("bitetrack_modules_read_total", "Modules read in full by models.").increment()
    }

    /// - Parameters:
    ///   - modules: how many modules the script imports or reads.
    ///   - outcome: `value` or the code of a failure.
    ///   - resultBytes: what the model is shown of it.
    func record(outcome: String, ledger: RunLedger, duration: Duration, resultBytes: Int, modules: Int) {
        self.metrics.counter("bitetrack_runs_total", "Finished runs.", labels: [("outcome", outcome)]).increment()
        self.duration.record(duration)
        self.recordResult(of: .run, bytes: resultBytes)
        self.metrics.counter(
            "bitetrack_modules_used_total", "Modules that scripts import or read; divided by runs, those of a task."
        ).increment(by: modules)
        // A tool for each endpoint would have shown the answers themselves.
        self.metrics.counter(
            "bitetrack_direct_tokens_total", "Estimated tokens of the answers that scripts got in the model's place."
        ).increment(by: TokenEstimate.tokens(inBytes: ledger.answerBytes))
        self.metrics.counter(
            "bitetrack_saved_tokens_total", "Estimated tokens of answers that models did not have to read."
        ).increment(by: TokenEstimate.tokens(inBytes: max(0, ledger.answerBytes - resultBytes)))
        for (route, count) in ledger.calls {
            self.metrics.counter("bitetrack_route_calls_total", "API calls of runs.", labels: [("route", route)])
                .increment(by: count)
        }
        let sources = [("upstream", ledger.upstream), ("cache", ledger.cached), ("shared", ledger.coalesced)]
        for (source, count) in sources where count > 0 {
            self.metrics.counter("bitetrack_run_calls_total", "API calls of runs.", labels: [("source", source)])
                .increment(by: count)
        }
    }
}
