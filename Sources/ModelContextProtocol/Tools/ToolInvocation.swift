import JSON

/// A call of a known tool, read and ready to run.
struct ToolInvocation: Sendable {
    let tool: Tool
    let arguments: JSONObject
    let progressToken: ProgressToken?
}
