import Dispatch
import FuzzSupport
import Synchronization

@testable import CodeSandbox

/// Whoever wanted the run and waits for its ending.
final class Caller: Sendable {
    private struct State {
        var hasAsked = false
        var continuation: CheckedContinuation<GuestHandler.Ending, Never>?
        var ending: GuestHandler.Ending?
    }
    private let state = Mutex(State())
    private let asked = DispatchSemaphore(value: 0)
    private let answered = DispatchSemaphore(value: 0)

    /// What to resume with the ending; nil the second time.
    func ask() -> CheckedContinuation<GuestHandler.Ending, Never>? {
        let isFirst = self.state.withLock { state in
            defer { state.hasAsked = true }
            return !state.hasAsked
        }
        guard isFirst else { return nil }
        // Ends with the run, for which `outcome` waits.
        Task {
            let ending = await withCheckedContinuation { continuation in
                self.state.withLock { $0.continuation = continuation }
                self.asked.signal()
            }
            self.state.withLock { $0.ending = ending }
            self.answered.signal()
        }
        self.asked.wait()
        return self.state.withLock { $0.continuation.take() }
    }

    /// The ending; nil when nobody asked for one.
    func outcome() -> RunOutcome? {
        guard self.state.withLock({ $0.hasAsked }) else { return nil }
        promise(self.answered.wait(timeout: .now() + .seconds(10)) == .success, "a run without an ending")
        return self.state.withLock { $0.ending?.outcome }
    }
}
