/// A request on its way to the thread that carries it out, and who waits for its answer.
struct TransferOrder: Sendable {
    typealias Outcome = Result<TransportResponse, PipelineError>

    let id: Int
    let request: TransportRequest
    let waiter: CheckedContinuation<Outcome, Never>
}
