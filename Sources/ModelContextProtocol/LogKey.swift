/// The keys of this target's log metadata.
enum LogKey {
    static let session = "session.id"
    static let reason = "session.end.reason"
    static let tool = "mcp.tool"
    static let isError = "mcp.tool.failed"
    static let path = "http.path"
    static let problem = "mcp.refusal"
}
