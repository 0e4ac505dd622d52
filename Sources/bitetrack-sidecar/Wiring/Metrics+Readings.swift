import BiteTrack
import ModelContextProtocol
import Observability
import RESTGateway
import UpstreamPipeline

extension Metrics {
    func read(_ rest: RESTGateway) {
        self.gauge("bitetrack_rest_clients", "HTTP clients that have, or may have, answers of their own.") {
            Double(rest.clientCount)
        }
    }

    /// Shows what the server and the pipeline count by themselves.
    func read(mcp: MCPServer, biteTrack: BiteTrackService, pipeline: Pipeline) {
        self.gauge("bitetrack_mcp_sessions", "MCP sessions that live.") { Double(mcp.sessionCount) }
        self.gauge("bitetrack_caller_sessions", "Sessions of callers that have no MCP session.") {
            Double(biteTrack.sessionCount)
        }
        let counters: [(String, String, any KeyPath<PipelineCounters, Int> & Sendable)] = [
            ("asked", "Calls that scripts made.", \.asked), ("cached", "Calls answered from the cache.", \.cacheHits),
            ("coalesced", "Calls answered by another call in flight.", \.coalesced),
            ("batched", "Calls answered by a request that brought several answers.", \.batched),
            ("stale", "Of the cached ones, answers whose time was over.", \.stale),
            ("sent", "Requests sent upstream.", \.sent), ("retried", "Requests sent again.", \.retried),
            ("refused", "Calls refused before anything was sent.", \.refused),
            ("failed", "Calls that ended in an error.", \.failed),
        ]
        self.gauge("bitetrack_upstream_waiting", "Calls that wait for their turn.") { Double(pipeline.waitingCount) }
        self.gauge("bitetrack_upstream_circuit_open", "1 while the upstream is left alone because it did not answer.") {
            pipeline.isUpstreamDown ? 1 : 0
        }
        self.gauge("bitetrack_upstream_window_remaining", "Requests left in the upstream's window; -1: not known.") {
            Double(pipeline.windowBudget?.remaining ?? -1)
        }
        for (name, help, path) in counters {
            self.gauge("bitetrack_upstream_calls_\(name)", help) { Double(pipeline.counters[keyPath: path]) }
        }
    }
}
