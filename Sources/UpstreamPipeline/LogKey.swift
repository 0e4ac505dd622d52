/// Keys of this target's log metadata.
enum LogKey {
    static let phase = "phase"
    static let route = "route"
    static let status = "upstream.status"
    static let code = "error.code"
    static let attempt = "attempt"
    static let milliseconds = "duration.ms"
    static let wait = "wait.ms"
}
