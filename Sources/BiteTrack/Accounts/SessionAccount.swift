import Sessions
import Synchronization

/// What one session has here beside its token and its cache: its rate of runs and the passwords to hide.
final class SessionAccount: Sendable {
    private struct State: Sendable {
        var bucket: RunBucket
        var redactor = Redactor()
        var hasEnded = false
    }

    let id: SessionID
    private let state: Mutex<State>

    init(id: SessionID, bucket: RunBucket) {
        self.id = id
        self.state = Mutex(State(bucket: bucket))
    }

    /// The name of the session in pipeline and vault.
    var key: String { self.id.rawValue }

    var redactor: Redactor { self.state.withLock { $0.redactor } }

    var hasEnded: Bool { self.state.withLock { $0.hasEnded } }

    /// Takes one run; returns how long to wait when there is none.
    func takeRun(at now: Duration) -> Duration? { self.state.withLock { $0.bucket.take(at: now) } }

    func hide(_ password: String) { self.state.withLock { $0.redactor.add(password) } }

    /// Does `body` unless the session has ended; nothing can end it meanwhile.
    ///
    /// A login that comes back after the end must not leave a token behind that nobody wipes.
    ///
    /// - Returns: nil when it has ended.
    func ifAlive<Result>(_ body: () throws -> Result) rethrows -> Result? {
        try self.state.withLock { state in state.hasEnded ? nil : try body() }
    }

    func end() {
        self.state.withLock { state in
            state.hasEnded = true
            state.redactor = Redactor()
        }
    }
}
