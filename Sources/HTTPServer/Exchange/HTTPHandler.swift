package import NIOHTTP1

/// Answers requests.
package protocol HTTPHandler: Sendable {
    /// Called on the connection's event loop once the head of a request has come, if a body may follow.
    func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake

    /// Called on the connection's event loop: answer at once what needs no waiting, start a task for what must wait.
    ///
    /// Exactly one of ``HTTPResponder/send(_:)``, ``HTTPResponder/send(_:body:)``, ``HTTPResponder/startBody(_:)`` and
    /// ``HTTPResponder/startEventStream(headers:)`` must be called, once, from any thread.
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder)
}

extension HTTPHandler {
    package func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake { .assembled }
}
