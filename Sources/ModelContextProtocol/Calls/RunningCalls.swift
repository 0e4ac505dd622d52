/// Decides which calls of one session may run at the same time.
struct RunningCalls<Call> {
    enum Admission: Equatable { case start, duplicate, full, ended }

    let maximumCount: Int
    private var calls: [RequestID: Call] = [:]
    private var hasEnded = false

    init(maximumCount: Int) { self.maximumCount = maximumCount }

    var count: Int { self.calls.count }

    mutating func admit(_ id: RequestID, _ call: Call) -> Admission {
        if self.hasEnded { return .ended }
        if self.calls[id] != nil { return .duplicate }
        if self.calls.count >= self.maximumCount { return .full }
        self.calls[id] = call
        return .start
    }

    mutating func finish(_ id: RequestID) { self.calls[id] = nil }

    /// The running call with this id, which keeps its place until it has really stopped.
    subscript(id: RequestID) -> Call? { self.calls[id] }

    /// Refuses further calls; returns those still running.
    mutating func end() -> [Call] {
        self.hasEnded = true
        return Array(self.calls.values)
    }
}
