import Synchronization

/// Where the handlers of a scenario are at work, and what became of its sessions.
final class Workshop: Sendable {
    struct State {
        /// Handlers that have been entered and not left.
        var running = 0
        /// Handlers that have gone to wait for the end of their call.
        var parked = 0
        var endedSessions = 0
    }
    struct Mishap: Error {}

    let pulse: Pulse
    private let state = Mutex(State())

    init(pulse: Pulse) { self.pulse = pulse }

    var current: State { self.state.withLock { $0 } }

    /// Counts a handler that may wait.
    func work<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        self.change { $0.running += 1 }
        defer { self.change { $0.running -= 1 } }
        return try await body()
    }

    /// Waits until the call is cancelled.
    func park(isNoted: Bool = true) async throws {
        if isNoted { self.change { $0.parked += 1 } }
        try await Task.sleep(for: .seconds(3600))
    }

    func noteSessionEnd() { self.change { $0.endedSessions += 1 } }

    private func change(_ body: (inout State) -> Void) {
        self.state.withLock { body(&$0) }
        self.pulse.beat()
    }
}
