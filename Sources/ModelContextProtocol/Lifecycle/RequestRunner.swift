import JSON
import Logging
import NIOCore
import Observability
import Sessions

/// Runs an invocation to its answer, as often as its handler asks for something.
struct RequestRunner: Sendable {
    let invocation: Invocation
    let principal: Principal
    /// nil in 2026-07-28.
    let session: MCPSession?
    let revision: ProtocolRevision
    let client: ClientCapabilities
    let answerTimeout: Duration
    let logger: Logger

    /// What the handler sees.
    func context(_ state: RequestState, _ channel: any RequestChannel) -> RequestContext {
        RequestContext(
            principal: self.principal, session: self.session?.id, revision: self.revision, client: self.client,
            state: state.handler, answers: state.answers, channel: channel)
    }

    /// Runs a handler that may wait.
    ///
    /// - Parameter seal: turns what a request of 2026-07-28 must survive into its `requestState`.
    func run(
        _ request: RunningRequest, from state: RequestState, on eventLoop: any EventLoop,
        seal: (RequestState) throws(RPCError) -> String
    ) async -> Result<ResultBody, RPCError> {
        var state = state
        while true {
            // A session may end before its call's task is known to it: nothing starts after that.
            guard !Task.isCancelled else { return self.outcome(of: CancellationError()) }
            do {
                return .success(try await self.attempt(self.context(state, request)))
            } catch let required as InputRequired {
                state.round += 1
                state.handler = required.state
                state.asked.formUnion(required.questions.keys)
                guard state.round <= RequestState.maximumRounds else {
                    return .failure(RPCError(.invalidParams, "\(self.invocation.name) has asked too often."))
                }
                do {
                    try self.checkCapabilities(required)
                    if let tracked = request.settledTask() {
                        state.answers.merge(try await tracked.ask(required))
                    } else if self.revision.isModern {
                        return .success(
                            Self.inputRequired(required, sealed: try seal(state), revision: self.revision))
                    } else {
                        state.answers.merge(try await self.ask(required, request, on: eventLoop))
                    }
                } catch { return self.outcome(of: error) }
            } catch { return self.outcome(of: error) }
        }
    }

    /// A handler may have thrown questions without looking whether the client can be asked.
    private func checkCapabilities(_ required: InputRequired) throws {
        guard let question = required.questions.values.first(where: { !self.client.supports($0) }) else { return }
        throw MissingCapability(question)
    }

    private func attempt(_ context: RequestContext) async throws -> ResultBody {
        switch self.invocation.work {
        case .immediate(let work): try work(context)
        case .suspending(let work): try await work(context)
        }
    }

    /// How a thrown error ends the request.
    func outcome(of error: any Error) -> Result<ResultBody, RPCError> {
        let isKnown =
            error is RPCError || error is MissingCapability || error is ResourceNotFound || error is ToolFailure
            || error is CancellationError
        if !isKnown {
            self.logger.error(
                "a handler failed", metadata: [LogKey.tool: "\(self.invocation.name)", LogKey.error: "\(error)"])
        }
        return self.invocation.outcome(of: error, for: self.revision)
    }

    /// The answer that asks a client of 2026-07-28 to come back with answers.
    static func inputRequired(
        _ required: InputRequired, sealed: String, revision: ProtocolRevision
    ) -> ResultBody {
        var requests: JSONObject = [:]
        for (key, question) in required.questions.sorted(by: { $0.key < $1.key }) {
            requests.append(key, question.request(for: revision, id: key))
        }
        return ResultBody(
            ["inputRequests": .object(requests), "requestState": .string(sealed)], type: .inputRequired)
    }

    /// Asks a legacy client by requests of the server's own, one after the other.
    private func ask(
        _ required: InputRequired, _ request: RunningRequest, on eventLoop: any EventLoop
    ) async throws -> Answers {
        guard let session else { return Answers() }
        var answers = Answers()
        for (key, question) in required.questions.sorted(by: { $0.key < $1.key }) {
            let id = session.pending.nextID()
            let parameters = question.parameters(for: self.revision, id: SessionID.generate().rawValue)
            let outcome = await session.pending.wait(for: id, timeout: self.answerTimeout, on: eventLoop) {
                request.send(MessageEncoder.request(id: id, question.method, params: parameters))
            }
            try Task.checkCancellation()
            switch outcome {
            case .result(let value): answers[key] = question.understood(value, from: self.revision)
            case .refused, .none:
                // A form that was not answered is one the user closed; a model or a folder list has no such answer.
                guard question.isElicitation else {
                    throw RPCError(.internalError, "The client did not answer \(question.method).")
                }
                answers[key] = ["action": "cancel"]
            }
        }
        return answers
    }
}

extension Question {
    fileprivate var isElicitation: Bool {
        switch self {
        case .form, .page: true
        case .sampling, .roots: false
        }
    }
}
