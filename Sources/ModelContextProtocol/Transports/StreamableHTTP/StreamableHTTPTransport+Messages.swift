import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Sessions

extension StreamableHTTPTransport {
    /// POST: one JSON-RPC message.
    func post(_ exchange: Exchange, version: HeaderField) {
        guard exchange.isJSON else {
            let error = RPCError(.invalidRequest, "Send the message as \"Content-Type: application/json\".")
            return exchange.fail(.unsupportedMediaType, error)
        }
        let accept = AcceptHeader(exchange.request.headers)
        guard accept.allowsJSON || accept.allowsEventStream else {
            let error = RPCError(
                .invalidRequest, "Answers are \"application/json\" or \"text/event-stream\": accept both.")
            return exchange.fail(.notAcceptable, error)
        }
        do throws(RPCError) {
            let scanned = try MessageScanner.scan(exchange.request.body)
            let decision = RequestClassifier.classify(scanned, version: version)
            guard case .message(let message) = scanned else { return self.refuse(exchange, decision) }
            try self.act(on: decision, message, Incoming(exchange: exchange, accept: accept, version: version))
        } catch { exchange.fail(.badRequest, error) }
    }

    /// A POST on its way through the cases.
    struct Incoming {
        let exchange: Exchange
        let accept: AcceptHeader
        let version: HeaderField

        var body: ByteBuffer { self.exchange.request.body }
    }

    private func refuse(_ exchange: Exchange, _ decision: RequestClassifier.Decision) {
        guard case .refused(let error, let id) = decision else { return }
        exchange.fail(.badRequest, error, id: id)
    }

    private func act(
        on decision: RequestClassifier.Decision, _ message: ScannedMessage, _ incoming: Incoming
    ) throws(RPCError) {
        let exchange = incoming.exchange
        switch decision {
        case .refused: self.refuse(exchange, decision)
        case .modernRequest(let id, _): exchange.fail(.badRequest, ModernRefusal.error, id: id)
        case .modernNotification: exchange.finish(.accepted)
        case .initialize(let id):
            self.initialize(id, params: try message.parameters(in: incoming.body), incoming)
        case .response:
            guard self.session(of: exchange, version: incoming.version) != nil else { return }
            exchange.finish(.accepted)
        case .notification(let method):
            guard let session = self.session(of: exchange, version: incoming.version) else { return }
            self.core.receive(method, params: try message.parameters(in: incoming.body), session: session)
            exchange.finish(.accepted)
        case .request(let id, let method):
            guard let session = self.session(of: exchange, version: incoming.version, id: id) else { return }
            let revision = session.revision ?? .march2025
            let params = try message.parameters(in: incoming.body)
            switch self.core.router.route(method, params: params, revision: revision) {
            case .result(let result):
                self.answer(MessageEncoder.response(id: id, result: result), incoming, session: session)
            case .error(let error): self.answer(MessageEncoder.error(id: id, error), incoming, session: session)
            case .call(let invocation):
                self.call(invocation, id: id, session: session, revision: revision, incoming)
            }
        }
    }

    /// Opens a session, but only for a valid handshake.
    private func initialize(_ id: RequestID, params: JSONValue?, _ incoming: Incoming) {
        do throws(RPCError) {
            let revision = ProtocolRevision.negotiated(requested: try InitializeParameters(params).protocolVersion)
            let session = self.core.openSession(
                .streamableHTTP, principal: incoming.exchange.principal, revision: revision)
            let message = MessageEncoder.response(id: id, result: self.core.router.handshake(for: revision))
            self.answer(message, incoming, session: session, headers: ["mcp-session-id": session.id.rawValue])
        } catch { self.answer(MessageEncoder.error(id: id, error), incoming, session: nil) }
    }

    private func call(
        _ invocation: ToolInvocation, id: RequestID, session: MCPSession, revision: ProtocolRevision,
        _ incoming: Incoming
    ) {
        let exchange = incoming.exchange
        // A stream costs more than a body, so only those get one who asked for progress or take nothing else.
        let wantsStream = invocation.progressToken != nil && incoming.accept.allowsEventStream
        let sink: AnswerSink =
            wantsStream || !incoming.accept.allowsJSON
            ? .stream(self.startStream(exchange, session: session)) : .body(exchange)
        self.core.start(invocation, id: id, session: session, revision: revision, sink: sink)
    }

    /// Answers at once, on a stream if the client takes nothing else.
    func answer(_ message: ByteBuffer, _ incoming: Incoming, session: MCPSession?, headers: HTTPHeaders = [:]) {
        guard !incoming.accept.allowsJSON else { return incoming.exchange.reply(.ok, message, headers: headers) }
        let stream = self.startStream(incoming.exchange, session: session, headers: headers)
        AnswerSink.stream(stream).answer(message)
    }

    /// Opens a stream for one answer; revisions that know it get a first event to resume from.
    func startStream(_ exchange: Exchange, session: MCPSession?, headers: HTTPHeaders = [:]) -> EventStream {
        let stream = exchange.startEventStream(headers: headers)
        if let session, session.revision?.hasPrimingEvents ?? false {
            stream.send(ServerSentEvent(id: session.nextPrimingID(), data: ByteBuffer()))
        }
        return stream
    }
}
