import BiteTrack
import ModelContextProtocol
import Observability
import UpstreamPipeline

extension Metrics {
    /// Shows what the server and the pipeline count by themselves.
    func read(mcp: MCPServer, biteTrack: BiteTrackService, pipeline: Pipeline) {
        self.gauge("bitetrack_mcp_sessions", "MCP sessions that live.") { Double(mcp.sessionCount) }
        self.gauge("bitetrack_caller_sessions", "Sessions of callers that have no MCP session.") {
            Double(biteTrack.sessionCount)
        }
        let counters: [(String, String, any KeyPath<PipelineCounters, Int> & Sendable)] = [
            ("asked", "Calls that scripts made.", \.asked), ("cached", "Calls answered from the cache.", \.cacheHits),
            ("coalesced", "Calls answered by another call in flight.", \.coalesced),
            ("sent", "Requests sent upstream.", \.sent), ("retried", "Requests sent again.", \.retried),
            ("refused", "Calls refused before anything was sent.", \.refused),
            ("failed", "Calls that ended in an error.", \.failed),
        ]
        for (name, help, path) in counters {
            self.gauge("bitetrack_upstream_calls_\(name)", help) { Double(pipeline.counters[keyPath: path]) }
        }
    }
}
