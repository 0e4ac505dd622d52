import Synchronization
import UpstreamPipeline

/// Collects what a script would send upstream, instead of sending it.
///
/// A script stands still once it waits for one of these calls and asks nothing else for a moment: what it would do with
/// the answers is not known.
final class RunPlan: Sendable {
    /// So long without a call the script has issued all it can: those made side by side come within microseconds.
    static let quietTime: Duration = .milliseconds(60)

    private struct State {
        var held: [PipelineCall] = []
        var lastCall = ContinuousClock.now
    }
    private let state = Mutex(State())

    /// What would be sent, in the order it was asked for.
    var held: [PipelineCall] { self.state.withLock { $0.held } }

    /// The script has asked for something.
    func heard() { self.state.withLock { $0.lastCall = .now } }

    /// Keeps a call waiting until the run is over.
    func hold(_ call: PipelineCall) async {
        self.state.withLock { state in
            state.held.append(call)
            state.lastCall = .now
        }
        // Longer than any run; ends with its task.
        try? await Task.sleep(for: .seconds(24 * 3600))
    }

    /// Returns once the script stands still; never for one that needs nothing from upstream.
    func standstill() async throws {
        while true {
            let quiet = self.state.withLock { state in
                state.held.isEmpty ? .zero : ContinuousClock.now - state.lastCall
            }
            if quiet >= RunPlan.quietTime { return }
            try await Task.sleep(for: RunPlan.quietTime - quiet)
        }
    }
}

extension PipelineError {
    /// What a call that was held is answered, should anybody still listen.
    static var planOver: PipelineError {
        PipelineError(.timedOut, origin: .gateway, status: 504, message: "This is a plan: nothing was sent.")
    }
}
