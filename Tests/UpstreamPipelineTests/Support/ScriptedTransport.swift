import Synchronization

@testable import UpstreamPipeline

/// A transport that answers from a list, holds answers back on demand, and remembers what was asked.
final class ScriptedTransport: Transport {
    typealias Outcome = Result<TransportResponse, PipelineError>
    private struct State {
        var outcomes: [Outcome]
        var requests: [TransportRequest] = []
        var gates: [CheckedContinuation<Void, Never>] = []
        var isHolding: Bool
        var cancellations = 0
    }
    private let state: Mutex<State>
    private let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation

    /// - Parameter outcomes: given in turn; the last one again and again.
    init(_ outcomes: [Outcome] = [.success(Samples.response())], isHolding: Bool = false) {
        self.state = Mutex(State(outcomes: outcomes, isHolding: isHolding))
        (self.arrivals, self.arrived) = AsyncStream.makeStream()
    }

    var requests: [TransportRequest] { self.state.withLock { $0.requests } }
    var cancellations: Int { self.state.withLock { $0.cancellations } }

    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse {
        let (outcome, isHolding) = self.state.withLock { state in
            state.requests.append(request)
            return (
                state.outcomes.count > 1 ? state.outcomes.removeFirst() : state.outcomes[0], state.isHolding
            )
        }
        self.arrived.yield()
        if isHolding {
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isOpen = self.state.withLock { state in
                        if state.isHolding { state.gates.append(continuation) }
                        return !state.isHolding
                    }
                    if isOpen { continuation.resume() }
                }
            } onCancel: {
                self.state.withLock { $0.cancellations += 1 }
                self.release()
            }
        }
        return try outcome.get()
    }

    /// Waits until one more request has come.
    func arrival() async { for await _ in self.arrivals { return } }

    /// Lets every held answer go, and holds none from now on.
    func release() {
        let gates = self.state.withLock { state in
            defer { (state.gates, state.isHolding) = ([], false) }
            return state.gates
        }
        for gate in gates { gate.resume() }
    }
}
