import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Sessions

/// Streamable HTTP of 2026-07-28: every request describes itself, nothing is remembered between two of them.
struct StatelessTransport: Sendable {
    let core: ServerCore

    func request(
        _ id: RequestID, _ method: String, _ message: ScannedMessage, _ exchange: Exchange, _ accept: AcceptHeader
    ) {
        let params = Params(message, in: exchange.request.body)
        do throws(StatelessLadder.Refusal) {
            let meta = try StatelessLadder(catalogue: self.core.catalogue).check(
                message, method: method, params: params, fields: exchange.fields,
                headers: exchange.request.headers)
            let call = StatelessCall(
                core: self.core, id: id, method: method, params: params, message: message, meta: meta,
                exchange: exchange, accept: accept)
            call.answer()
        } catch {
            exchange.answerer.fail(HTTPResponseStatus(statusCode: Int(error.status)), error.error, id: id)
        }
    }
}

/// One request that has passed all checks.
struct StatelessCall: Sendable {
    let core: ServerCore
    let id: RequestID
    let method: String
    let params: Params
    let message: ScannedMessage
    let meta: RequestMeta
    let exchange: Exchange
    let accept: AcceptHeader

    func answer() {
        do throws(RPCError) {
            if let kind = self.message.malformedParams {
                throw RPCError(.invalidParams, "params must be an object, not \(kind).")
            }
            switch self.method {
            case "server/discover": self.reply(.success(self.core.catalogue.discovery))
            case "subscriptions/listen": try self.listen()
            case "tasks/get": self.reply(.success(try self.task().snapshot))
            case "tasks/update":
                let responses = try self.responses()
                try self.task().update(responses)
                self.reply(.success(ResultBody()))
            case "tasks/cancel":
                try self.task().cancel()
                self.reply(.success(ResultBody()))
            default:
                let route = try self.core.router.route(
                    self.method, self.params, meta: self.message.meta, revision: .july2026)
                switch route {
                case .result(let body): self.reply(.success(body))
                case .invoke(let invocation): try self.invoke(invocation)
                case .unknown:
                    self.exchange.answerer.fail(
                        .notFound, RPCError(.methodNotFound, "There is no method \"\(self.method.prefix(64))\"."),
                        id: self.id)
                }
            }
        } catch { self.reply(.failure(error)) }
    }

    private var sink: PostSink {
        PostSink(self.exchange.answerer, accept: self.accept) { stream, _ in .plain(stream) }
    }

    private func reply(_ outcome: Result<ResultBody, RPCError>) {
        switch outcome {
        case .success(let body):
            self.sink.answer(self.core.encoder.response(id: self.id, body), .result)
        case .failure(let error):
            let status: UInt = error.code == .missingClientCapability || error.code == .parseError ? 400 : 200
            self.sink.answer(MessageEncoder.error(id: self.id, error), .failure(status: status))
        }
    }

    // MARK: Calls

    private func invoke(_ invocation: Invocation) throws(RPCError) {
        let state = try self.state()
        let runner = RequestRunner(
            invocation: invocation, principal: self.exchange.principal, session: nil, revision: .july2026,
            client: self.meta.capabilities, answerTimeout: self.core.configuration.answerTimeout,
            logger: self.core.logger)
        let features = self.core.catalogue.features
        let logThreshold = features.logs ? self.meta.logLevel : nil
        if case .immediate(let work) = invocation.work, invocation.progressToken == nil, logThreshold == nil {
            do {
                self.reply(.success(try work(runner.context(state, SilentChannel()))))
                return self.core.noteFinished(runner)
            } catch is InputRequired {
                // Sealing the question is done where every other call does it.
            } catch is SilentChannel.Insufficient {
                // A running request is made below.
            } catch { return self.reply(runner.outcome(of: error)) }
        }
        let principal = self.exchange.principal
        guard self.core.places.begin(principal) else {
            return self.reply(ServerCore.tooManyCalls(invocation, .july2026))
        }
        var track: (@Sendable () throws(RPCError) -> TrackedTask)?
        if features.runsTasks, self.meta.capabilities.tracksTasks {
            track = { [tasks = self.core.tasks] () throws(RPCError) -> TrackedTask in
                try tasks.create(principal: principal)
            }
        }
        let request = RunningRequest(
            id: self.id, revision: .july2026, encoder: self.core.encoder, sink: self.sink,
            progressToken: invocation.progressToken, logThreshold: logThreshold, track: track)
        // A client that closes the response wants no more of it.
        self.exchange.answerer.responder.onDisconnect { request.clientLeft() }
        self.core.start(
            runner, request, from: state, on: self.exchange.answerer.eventLoop,
            seal: { [states = self.core.states, method = self.method, params = self.params] state throws(RPCError) in
                try states.seal(
                    state, principal: principal, method: method, parameters: try StatelessCall.identity(of: params))
            },
            onEnd: { [places = self.core.places] in places.end(principal) })
    }

    /// What a retry brings back: what was sealed, and the answers of this round.
    private func state() throws(RPCError) -> RequestState {
        var state = RequestState()
        if let value = try self.params.value("requestState") {
            guard let text = value.stringValue else {
                throw RPCError(.invalidParams, "params.requestState must be a string, not \(value.kind).")
            }
            state = try self.core.states.open(
                text, principal: self.exchange.principal, method: self.method,
                parameters: try StatelessCall.identity(of: self.params))
        }
        if self.params.contains("inputResponses") {
            var responses = Answers(try self.responses())
            // What was not asked is not carried on.
            if state.round > 0 { responses.keep(state.asked) }
            state.answers.merge(responses)
        }
        return state
    }

    private func responses() throws(RPCError) -> JSONObject {
        guard let responses = try self.params.object("inputResponses") else {
            throw RPCError(.invalidParams, "params.inputResponses must be an object of answers by their keys.")
        }
        return responses
    }

    /// The parameters that a retry must repeat.
    private static func identity(of params: Params) throws(RPCError) -> [UInt8] {
        try params.canonicalText(without: ["inputResponses", "requestState"])
    }

    // MARK: Tasks and changes

    private func task() throws(RPCError) -> TrackedTask {
        let id = try self.params.string("taskId")
        guard let task = self.core.tasks.find(id, principal: self.exchange.principal) else {
            throw RPCError(.invalidParams, "There is no such task (any more).")
        }
        return task
    }

    private func listen() throws(RPCError) {
        guard self.accept.allowsEventStream else {
            let error = RPCError(.invalidRequest, "The answer is a stream: send \"Accept: text/event-stream\".")
            return self.exchange.answerer.fail(.notAcceptable, error, id: self.id)
        }
        guard let wanted = try self.params.object("notifications") else {
            throw RPCError(.invalidParams, "params.notifications is missing: it says what to listen for.")
        }
        let filter = try ListenFilter(
            wanted, features: self.core.catalogue.features, tracksTasks: self.meta.capabilities.tracksTasks)
        guard self.core.hub.reserve(self.exchange.principal) else {
            throw RPCError(.internalError, "Too many streams are open: try again later.")
        }
        let stream = StreamAttachment(
            self.exchange.answerer.startEventStream(), eventLoop: self.exchange.answerer.eventLoop)
        self.core.hub.listen(self.id, filter, principal: self.exchange.principal, on: stream)
    }
}
