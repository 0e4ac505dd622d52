/// The work of a tool, a prompt or a resource.
package enum Handler<Call: Sendable, Answer: Sendable>: Sendable {
    /// Needs no waiting and is run on the event loop: a millisecond is long here.
    case immediate(@Sendable (Call) throws -> Answer)
    /// Runs in a task of its own.
    case suspending(@Sendable (Call) async throws -> Answer)
}
