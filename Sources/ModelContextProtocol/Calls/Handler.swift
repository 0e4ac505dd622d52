/// The work of a tool, a prompt or a resource.
package enum Handler<Call: Sendable, Answer: Sendable>: Sendable {
    /// Needs no waiting: runs on the event loop, where a millisecond is long, unless it reports or asks something.
    case immediate(@Sendable (Call) throws -> Answer)
    /// Runs in a task of its own.
    case suspending(@Sendable (Call) async throws -> Answer)
}

extension Handler {
    /// The handler as the work of a request.
    ///
    /// - Parameters:
    ///   - call: what the handler is given.
    ///   - body: its answer as a revision's result.
    func work(
        _ call: @escaping @Sendable (RequestContext) -> Call,
        body: @escaping @Sendable (Answer, ProtocolRevision) -> ResultBody
    ) -> Invocation.Work {
        switch self {
        case .immediate(let handler): .immediate { body(try handler(call($0)), $0.revision) }
        case .suspending(let handler): .suspending { body(try await handler(call($0)), $0.revision) }
        }
    }
}
