import ModelContextProtocol

/// What `run_code` was called with.
struct RunArguments {
    let code: String
    /// The handle a caller without MCP session passes on; those that have one need none.
    let session: String?
    /// Whether to find out what the script would cost, without sending anything.
    let isPlan: Bool

    /// - Throws: ``ArgumentError``.
    init(_ call: ToolCall, limits: AnswerLimits) throws(ArgumentError) {
        let reader = try ArgumentReader(call.arguments, known: ["code", "session", "plan"])
        let code = try reader.string("code")
        guard code.utf8.count <= limits.codeBytes else {
            throw ArgumentError(
                "`code` has \(code.utf8.count) bytes; at most \(limits.codeBytes) are allowed. "
                    + "Read data with the tools instead of pasting it.")
        }
        guard code.contains(where: { !$0.isWhitespace }) else {
            throw ArgumentError("`code` is empty: give JavaScript whose last expression is the value.")
        }
        self.code = code
        self.isPlan = try reader.flag("plan")
        self.session = call.context.session == nil ? try reader.optionalString("session") : nil
    }
}
