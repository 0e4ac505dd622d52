/// Answers requests.
package protocol HTTPHandler: Sendable {
    /// Called on the connection's event loop: answer at once what needs no waiting, start a task for what must wait.
    ///
    /// Exactly one of ``HTTPResponder/send(_:)`` and ``HTTPResponder/startEventStream(headers:)`` must be called, once,
    /// from any thread.
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder)
}
