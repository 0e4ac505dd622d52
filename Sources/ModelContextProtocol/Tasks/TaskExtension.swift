/// The tasks extension of 2026-07-28: work that outlives the request that began it.
enum TaskExtension {
    static let identifier = "io.modelcontextprotocol/tasks"
    /// How often clients should ask, milliseconds.
    static let pollIntervalMilliseconds = 500
}

/// How far a task has come.
enum TaskStatus: String, Sendable {
    /// Goes to any other.
    case working
    /// Waits for answers of the user; goes to any other.
    case inputRequired = "input_required"
    /// Has a result, be it a tool's failure. Stays.
    case completed
    /// Ended with a JSON-RPC error. Stays.
    case failed
    /// Was stopped on somebody's wish. Stays.
    case cancelled

    var isFinal: Bool { self != .working && self != .inputRequired }
}
