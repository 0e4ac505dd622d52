import NIOCore
import UpstreamPipeline

/// What the calls of one run cost, and what they did, in case the run fails.
struct RunLedger: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var route: String
        /// Such as `200 from cache` or `404`.
        var result: String
    }

    /// Entries kept to be told; more are only counted.
    static let mostEntries = 8

    private var accounting = CallAccounting()
    private(set) var entries: [Entry] = []
    /// Bytes of answers that came to the script, which a tool for each endpoint would have shown to the model.
    private(set) var answerBytes = 0
    /// Calls by route; only such that exist, so that their number is bounded.
    private(set) var calls: [String: Int] = [:]

    var asked: Int { self.accounting.asked }
    /// Requests sent upstream, retries included.
    var upstream: Int { self.accounting.sent }
    var cached: Int { self.accounting.fromCache }
    /// Of ``cached``, answers whose time was over, given because there were no newer ones.
    var stale: Int { self.accounting.stale }
    /// Of ``upstream``, the repeats after a failure.
    var retried: Int { self.accounting.retried }
    /// The longest that a call waited for its turn.
    var queueWait: Duration { self.accounting.queueWait }
    /// Answered by a request that another call made, or that brought several answers.
    var coalesced: Int { self.accounting.coalesced + self.accounting.batched }

    mutating func record(_ route: String, _ reply: PipelineReply) {
        self.accounting.count(reply)
        self.answerBytes += reply.body.readableBytes
        self.append(route, Self.result(of: reply))
    }

    mutating func record(_ route: String, _ error: PipelineError) {
        self.accounting.count(error)
        self.append(route, error.exchanges > 0 ? "\(error.status)" : error.code.rawValue)
    }

    private static func result(of reply: PipelineReply) -> String {
        let origin =
            switch reply.source {
            case .upstream: ""
            case .cache: " from cache"
            case .stale(let age): " from cache, \(CostLine.rounded(age)) old"
            case .coalesced, .batched: " shared"
            }
        return "\(reply.status)\(origin)"
    }

    private mutating func append(_ route: String, _ result: @autoclosure () -> String) {
        if let known = self.calls[route] {
            self.calls[route] = known + 1
        } else if BiteTrackRoutes.table[route] != nil {
            self.calls[route] = 1
        }
        if self.entries.count < Self.mostEntries { self.entries.append(Entry(route: route, result: result())) }
    }
}
