/// The work of a tool, a prompt or a resource.
package enum Handler<Call: Sendable, Answer: Sendable>: Sendable {
    /// Needs no waiting: runs on the event loop, where a millisecond is long, unless it reports or asks something.
    case immediate(@Sendable (Call) throws -> Answer)
    /// Runs in a task of its own.
    case suspending(@Sendable (Call) async throws -> Answer)
}
