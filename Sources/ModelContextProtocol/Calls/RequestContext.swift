package import JSON
package import Sessions

/// Who asks, what their client can do, and how to reach them while the work goes on.
///
/// Handlers are written once for all revisions: what they need from the client they ``ask(_:state:)`` for, and are
/// called again from their beginning when it is there. When the client gives up on the request, the session ends or
/// a task is cancelled, the Swift task the handler runs in is cancelled.
package struct RequestContext: Sendable {
    package let principal: Principal
    /// The session of a legacy client; nil in 2026-07-28, where the principal is all there is.
    package let session: SessionID?
    package let revision: ProtocolRevision
    package let client: ClientCapabilities
    /// What the handler threw with its last ``InputRequired``.
    package let state: JSONValue?
    let answers: Answers
    let channel: any RequestChannel

    // MARK: Asking

    /// The raw answers to `questions`, once all are there and are answers to these questions.
    ///
    /// - Throws: ``InputRequired`` while any is missing, which belongs to whoever called the handler;
    ///   ``MissingCapability`` when the client cannot be asked.
    package func ask(_ questions: [String: Question], state: JSONValue? = nil) throws -> [String: JSONValue] {
        var answered: [String: JSONValue] = [:]
        var open: [String: Question] = [:]
        for (key, question) in questions {
            if let answer = self.answers[key], question.accepts(answer) {
                answered[key] = answer
            } else {
                open[key] = question
            }
        }
        guard !open.isEmpty else { return answered }
        if let question = open.values.first(where: { !self.client.supports($0) }) {
            throw MissingCapability(question)
        }
        throw InputRequired(open, state: state)
    }

    /// What the user did with a form, once they have.
    ///
    /// - Throws: as ``ask(_:state:)``.
    package func elicit(_ key: String, _ message: String, schema: JSONValue) throws -> ElicitationAnswer {
        let answers = try self.ask([key: .form(message: message, schema: schema)])
        return answers[key].map { ElicitationAnswer($0) } ?? .cancelled
    }

    // MARK: Telling

    /// Sends `notifications/progress` when the client asked for it; does nothing otherwise.
    ///
    /// - Parameter progress: must rise from call to call; what does not is left out.
    package func progress(_ progress: Double, of total: Double? = nil, _ message: String? = nil) {
        self.channel.report(progress, total: total, message: message)
    }

    /// Sends a log message to clients that want ones of this level.
    ///
    /// - Parameter data: any JSON value; never a secret.
    package func log(_ level: LogLevel, _ data: JSONValue, logger: String? = nil) {
        self.channel.log(level, data, logger: logger)
    }

    /// Ends the connection that waits for the answer, but not the work: the client comes back for the rest.
    ///
    /// Does nothing where clients cannot: outside Streamable HTTP of 2025-11-25.
    package func disconnect(retryAfter: Duration) { self.channel.disconnect(retryAfter: retryAfter) }

    /// Lets the work outlive the request as a task, where the client can follow one; does nothing otherwise.
    ///
    /// Questions asked before belong to the request, later ones to the task.
    package func continueAsTask() throws { try self.channel.continueAsTask() }

    /// The same for work that makes sense only as a task.
    ///
    /// - Throws: ``MissingCapability`` when the client cannot follow tasks.
    package func requireTask() throws {
        guard self.revision.isModern, self.client.tracksTasks else {
            throw MissingCapability(
                ["extensions": [TaskExtension.identifier: [:]]],
                advice: "This runs only as a task, which this client cannot follow.")
        }
        try self.channel.continueAsTask()
    }
}

/// How a running request reaches its client.
protocol RequestChannel: Sendable {
    func report(_ progress: Double, total: Double?, message: String?)
    func log(_ level: LogLevel, _ data: JSONValue, logger: String?)
    func disconnect(retryAfter: Duration)
    func continueAsTask() throws
}
