/// One exchange with the upstream, no more: the last phase.
package protocol Transport: Sendable {
    /// - Throws: ``PipelineError`` with `.unreachable`, `.timedOut`, `.badResponse` or `.responseTooLarge`.
    func exchange(_ request: TransportRequest) async throws(PipelineError) -> TransportResponse
}
