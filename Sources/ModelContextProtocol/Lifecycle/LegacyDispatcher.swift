import JSON
import NIOCore
import Sessions

/// What happens to the messages of one legacy session, whatever transport they come on.
struct LegacyDispatcher {
    let core: ServerCore
    let session: MCPSession
    let principal: Principal
    let sink: any MessageSink
    let eventLoop: any EventLoop

    // MARK: Requests

    func request(_ id: RequestID, _ method: String, _ message: ScannedMessage, in body: ByteBuffer) {
        do throws(RPCError) {
            if let kind = message.malformedParams {
                throw RPCError(.invalidParams, "params must be an object, not \(kind).")
            }
            try self.answer(id, method, Params(message, in: body), message.meta)
        } catch { self.fail(id, error) }
    }

    private func answer(
        _ id: RequestID, _ method: String, _ params: Params, _ meta: JSONValue?
    ) throws(RPCError) {
        if method == "ping" { return self.succeed(id, ResultBody()) }
        guard let agreement = self.session.agreement else {
            throw RPCError(.invalidRequest, "Send \"initialize\" first.")
        }
        let features = self.core.catalogue.features
        switch method {
        case "initialize": throw RPCError(.invalidRequest, "This session is already initialized.")
        case "logging/setLevel" where features.logs:
            let name = try params.string("level")
            guard let level = LogLevel(name: name) else {
                throw RPCError(.invalidParams, "params.level must be one of \(LogLevel.names).")
            }
            self.session.logLevel = level
            self.succeed(id, ResultBody())
        case "resources/subscribe" where features.takesSubscriptions:
            let uri = try params.string("uri")
            guard uri.utf8.count <= MCPSession.maximumURIBytes else {
                throw RPCError(.invalidParams, "params.uri may have \(MCPSession.maximumURIBytes) bytes.")
            }
            guard self.session.subscribe(to: uri) else {
                throw RPCError(
                    .invalidRequest, "One session may subscribe to \(MCPSession.maximumSubscriptions) resources.")
            }
            self.succeed(id, ResultBody())
        case "resources/unsubscribe" where features.takesSubscriptions:
            self.session.unsubscribe(from: try params.string("uri"))
            self.succeed(id, ResultBody())
        default:
            switch try self.core.router.route(method, params, meta: meta, revision: agreement.revision) {
            case .result(let body): self.succeed(id, body)
            case .invoke(let invocation): self.invoke(invocation, id, agreement)
            case .unknown: throw RPCError(.methodNotFound, "There is no method \"\(method.prefix(64))\".")
            }
        }
    }

    private func succeed(_ id: RequestID, _ body: ResultBody) {
        self.sink.answer(MessageEncoder.legacy.response(id: id, body), .result)
    }

    func fail(_ id: RequestID?, _ error: RPCError) {
        // What is not JSON was no request at all; everything else has been answered in its own terms.
        self.sink.answer(
            MessageEncoder.error(id: id, error), .failure(status: error.code == .parseError ? 400 : 200))
    }

    // MARK: Calls

    private func invoke(_ invocation: Invocation, _ id: RequestID, _ agreement: MCPSession.Agreement) {
        let runner = RequestRunner(
            invocation: invocation, principal: self.principal, session: self.session, revision: agreement.revision,
            // Without a stream there is no way to ask.
            client: self.sink.canStream ? agreement.client : ClientCapabilities(),
            answerTimeout: self.core.configuration.answerTimeout, logger: self.core.logger)
        let logs = self.core.catalogue.features.logs
        if case .immediate(let work) = invocation.work, invocation.progressToken == nil, !logs {
            guard !self.session.isRunning(id) else { return self.fail(id, LegacyDispatcher.stillRunning) }
            do {
                self.succeed(id, try work(runner.context(RequestState(), SilentChannel())))
                return self.core.noteFinished(runner)
            } catch is InputRequired {
                // Asking takes a while: as for every call that waits.
            } catch is SilentChannel.Insufficient {
                // A running request is made below.
            } catch { return self.finish(id, runner.outcome(of: error)) }
        }
        let request = RunningRequest(
            id: id, revision: agreement.revision, encoder: .legacy, sink: self.sink,
            progressToken: invocation.progressToken, logThreshold: logs ? self.session.logLevel : nil)
        switch self.session.admit(request) {
        case .start:
            guard self.core.places.begin(nil) else {
                self.session.finish(id)
                return self.finish(id, ServerCore.tooManyCalls(invocation, agreement.revision))
            }
            self.core.start(runner, request, on: self.eventLoop) { [core = self.core, session = self.session] in
                // First the place, then the answer: the client may use the id again as soon as it has read it.
                core.places.end(nil)
                session.finish(id)
                core.store.touch(session.id)
            }
        case .duplicate: self.fail(id, LegacyDispatcher.stillRunning)
        case .ended: self.fail(id, RPCError(.cancelled, "The session has ended."))
        case .full: self.finish(id, ServerCore.tooManyCalls(invocation, agreement.revision))
        }
    }

    private func finish(_ id: RequestID, _ outcome: Result<ResultBody, RPCError>) {
        switch outcome {
        case .success(let body): self.succeed(id, body)
        case .failure(let error): self.fail(id, error)
        }
    }

    private static let stillRunning = RPCError(.invalidRequest, "A request with this id is still running.")

    // MARK: Other messages

    /// Acts on a notification; unknown ones are dropped.
    func notification(_ method: String, _ message: ScannedMessage, in body: ByteBuffer) {
        switch method {
        case "notifications/initialized": self.session.markReady()
        case "notifications/cancelled":
            guard let value = try? Params(message, in: body).value("requestId"), let id = RequestID(value) else {
                return
            }
            self.session.cancelCall(id)
        default: break
        }
    }

    /// Hands an answer of the client to whoever asked.
    func response(_ message: ScannedMessage, in body: ByteBuffer) {
        guard let id = message.requestID else { return }
        func value(_ range: Range<Int>) -> JSONValue? {
            try? JSONValue(
                parsing: body.readableBytesUInt8Span.extracting(range), maximumDepth: MessageScanner.maximumDepth)
        }
        if let result = message.result, let value = value(result) {
            self.session.pending.resolve(id, .result(value))
        } else {
            self.session.pending.resolve(id, .refused)
        }
    }
}

extension ServerCore {
    /// The answer to a call over the limit.
    static func tooManyCalls(_ invocation: Invocation, _ revision: ProtocolRevision) -> Result<ResultBody, RPCError> {
        let text = "Too many calls are running: wait for one to finish, then try again."
        return invocation.isTool
            ? .success(ToolResult.error(text).body(for: revision)) : .failure(RPCError(.internalError, text))
    }
}
