import NIOCore
import Sessions
import Synchronization

/// What one session has here beside its token and its cache: its rate of runs, the passwords to hide, and what it keeps
/// between runs.
final class SessionAccount: Sendable {
    private struct State: Sendable {
        var bucket: RunBucket
        var redactor = Redactor()
        var results = KeptResults()
        var hasEnded = false
    }

    let id: SessionID
    private let state: Mutex<State>
    private let keptBytes: KeptBytes

    /// - Parameter keptBytes: counts what all sessions keep.
    init(id: SessionID, bucket: RunBucket, keptBytes: KeptBytes = KeptBytes(limit: KeptResults.mostBytes)) {
        self.id = id
        self.keptBytes = keptBytes
        self.state = Mutex(State(bucket: bucket))
    }

    /// The name of the session in pipeline and vault.
    var key: String { self.id.rawValue }

    var redactor: Redactor { self.state.withLock { $0.redactor } }

    /// The same, with passwords that a script holds.
    func redactor(with passwords: [String]) -> Redactor {
        var redactor = self.redactor
        for password in passwords { redactor.add(password) }
        return redactor
    }

    var hasEnded: Bool { self.state.withLock { $0.hasEnded } }

    /// Takes one run; returns how long to wait when there is none.
    func takeRun(at now: Duration) -> Duration? { self.state.withLock { $0.bucket.take(at: now) } }

    func hide(_ password: String) { self.state.withLock { $0.redactor.add(password) } }

    /// Keeps a value for later runs; nil when there is no room for it.
    func keep(_ json: ByteBuffer, now: Duration) -> KeptResults.Entry? {
        self.changeResults { results in results.keep(json, now: now) }
    }

    /// A kept value.
    func open(_ handle: String, now: Duration) -> KeptResults.Entry? {
        self.changeResults { results in results.open(handle, now: now) }
    }

    /// All kept values.
    func kept(now: Duration) -> [KeptResults.Entry] {
        self.changeResults { results in
            results.expire(now: now)
            return results.entries
        } ?? []
    }

    /// Changes what is kept as far as there is room with what other sessions keep.
    private func changeResults<Result: Sendable>(_ change: (inout KeptResults) -> Result?) -> Result? {
        self.state.withLock { state in
            guard !state.hasEnded else { return nil }
            var results = state.results
            let result = change(&results)
            guard self.keptBytes.change(from: state.results.bytes, to: results.bytes) else { return nil }
            state.results = results
            return result
        }
    }

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
            _ = self.keptBytes.change(from: state.results.bytes, to: 0)
            state.results = KeptResults()
        }
    }
}
