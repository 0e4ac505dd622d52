import UpstreamPipeline

/// What a run cost, in one line of at most 40 tokens.
struct CostLine: Equatable {
    var ledger: RunLedger
    var budget: Budget
    var duration: Duration

    var text: String {
        var parts = [self.calls]
        if self.ledger.upstream > 0 || self.budget.remaining < self.budget.limit {
            var left = "\(self.budget.remaining) of \(self.budget.limit) left"
            if self.budget.remaining < self.budget.limit, self.budget.resetsIn > .zero {
                left += ", resets in \(Self.rounded(self.budget.resetsIn))"
            }
            parts.append(left)
        }
        if self.ledger.queueWait >= .milliseconds(100) {
            parts.append("waited \(Self.rounded(self.ledger.queueWait)) for its turn")
        }
        parts.append(Self.rounded(self.duration))
        return "cost: " + parts.joined(separator: " · ")
    }

    private var calls: String {
        let ledger = self.ledger
        var reused: [String] = []
        if ledger.cached > 0 { reused.append("\(ledger.cached) from cache\(self.staleness)") }
        if ledger.coalesced > 0 { reused.append("\(ledger.coalesced) shared") }
        guard ledger.upstream > 0 else {
            return reused.isEmpty ? "no upstream calls" : "no upstream calls (\(reused.joined(separator: ", ")))"
        }
        return (["\(ledger.upstream) upstream call\(ledger.upstream == 1 ? "" : "s")"] + reused).joined(separator: ", ")
    }

    private var staleness: String { self.ledger.stale > 0 ? " (\(self.ledger.stale) outdated)" : "" }

    /// Such as `41 ms`, `7 s`, `12 min`: rounded up, so that waiting that long is enough.
    static func rounded(_ duration: Duration) -> String {
        let milliseconds = max(0, duration / .milliseconds(1)).rounded(.up)
        if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
        let seconds = (milliseconds / 1000).rounded(.up)
        if seconds < 120 { return "\(Int(seconds)) s" }
        return "\(Int((seconds / 60).rounded(.up))) min"
    }
}
