import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Sessions

extension StreamableHTTPTransport {
    /// A POST on its way through the cases.
    struct Incoming {
        let exchange: Exchange
        let accept: AcceptHeader
        let version: HeaderField

        var body: ByteBuffer { self.exchange.request.body }

        /// Where the answers go that belong to a session.
        func sink(
            _ session: MCPSession, headers: HTTPHeaders = [:], expected: Int = 1, isBatch: Bool = false
        ) -> PostSink {
            PostSink(
                self.exchange.answerer, accept: self.accept, headers: headers, expected: expected, isBatch: isBatch
            ) {
                .resumable(session, session.openStream($0, on: $1))
            }
        }
    }

    /// POST: one JSON-RPC message, or several where a session's revision has batches.
    func post(_ exchange: Exchange, version: HeaderField) {
        guard exchange.isJSON else {
            let error = RPCError(.invalidRequest, "Send the message as \"Content-Type: application/json\".")
            return exchange.answerer.fail(.unsupportedMediaType, error)
        }
        let accept = AcceptHeader(exchange.fields.accept)
        guard accept.allowsJSON || accept.allowsEventStream else {
            let error = RPCError(
                .invalidRequest, "Answers are \"application/json\" or \"text/event-stream\": accept both.")
            return exchange.answerer.fail(.notAcceptable, error)
        }
        let incoming = Incoming(exchange: exchange, accept: accept, version: version)
        do throws(RPCError) {
            switch try MessageScanner.scan(exchange.request.body) {
            case .message(let message): self.receive(message, incoming)
            case .batch(let messages): try self.receive(messages, incoming)
            case .scalar: throw RPCError(.invalidRequest, "A JSON-RPC message is a JSON object.")
            }
        } catch { exchange.answerer.fail(.badRequest, error) }
    }

    private func receive(_ message: ScannedMessage, _ incoming: Incoming) {
        let exchange = incoming.exchange
        switch RequestClassifier.classify(message, version: incoming.version) {
        case .refused(let error, let id): exchange.answerer.fail(.badRequest, error, id: id)
        case .selfDescribing(let id, let method):
            StatelessTransport(core: self.core).request(id, method, message, exchange, incoming.accept)
        case .dropped: exchange.answerer.finish(.accepted)
        case .initialize(let id): self.initialize(id, message, incoming)
        case .response:
            guard let session = self.session(of: exchange, version: incoming.version) else { return }
            exchange.answerer.finish(.accepted)
            self.dispatcher(session, incoming).response(message, in: incoming.body)
        case .notification(let method):
            guard let session = self.session(of: exchange, version: incoming.version) else { return }
            exchange.answerer.finish(.accepted)
            self.dispatcher(session, incoming).notification(method, message, in: incoming.body)
        case .request(let id, let method):
            guard let session = self.session(of: exchange, version: incoming.version, id: id) else { return }
            self.dispatcher(session, incoming).request(id, method, message, in: incoming.body)
        }
    }

    /// Opens a session, but only for a valid handshake.
    private func initialize(_ id: RequestID, _ message: ScannedMessage, _ incoming: Incoming) {
        do throws(RPCError) {
            if let kind = message.malformedParams {
                throw RPCError(.invalidParams, "params must be an object, not \(kind).")
            }
            let agreement = try InitializeParameters(Params(message, in: incoming.body)).agreement
            let session = self.core.openSession(
                .streamableHTTP, principal: incoming.exchange.principal, agreement: agreement)
            let handshake = self.core.catalogue.handshake(for: agreement.revision)
            incoming.sink(session, headers: ["mcp-session-id": session.id.rawValue])
                .answer(MessageEncoder.legacy.response(id: id, handshake), .result)
        } catch { incoming.exchange.answerer.fail(.ok, error, id: id) }
    }

    private func dispatcher(_ session: MCPSession, _ incoming: Incoming) -> LegacyDispatcher {
        LegacyDispatcher(
            core: self.core, session: session, principal: incoming.exchange.principal,
            sink: incoming.sink(session), eventLoop: incoming.exchange.answerer.eventLoop)
    }

    // MARK: Batches

    private func receive(_ messages: [ScannedMessage?], _ incoming: Incoming) throws(RPCError) {
        guard !messages.isEmpty else { throw RPCError(.invalidRequest, "An empty batch asks for nothing.") }
        guard !RequestClassifier.isModern(incoming.version),
            !messages.contains(where: { $0?.isSelfDescribing ?? false })
        else { throw RPCError(.invalidRequest, "2026-07-28 has no batches: send each request by itself.") }
        guard messages.count <= MessageScanner.maximumBatch else {
            throw RPCError(.invalidRequest, "A batch holds at most \(MessageScanner.maximumBatch) messages.")
        }
        // Whoever names no session cannot have negotiated batches.
        guard incoming.exchange.fields.session != .absent else {
            throw RPCError(.invalidRequest, "Batches belong to sessions of 2025-03-26: send each message by itself.")
        }
        guard let session = self.session(of: incoming.exchange, version: incoming.version) else { return }
        guard session.agreement?.revision.hasBatches ?? false else {
            throw RPCError(.invalidRequest, "This session's revision has no batches: send each message by itself.")
        }
        let decisions = messages.map { message in
            message.map { RequestClassifier.classify($0, version: incoming.version) }
                ?? .refused(RPCError(.invalidRequest, "A JSON-RPC message is a JSON object."), id: nil)
        }
        let expected = decisions.count { $0.isAnswered }
        if expected == 0 { incoming.exchange.answerer.finish(.accepted) }
        let dispatcher = LegacyDispatcher(
            core: self.core, session: session, principal: incoming.exchange.principal,
            sink: incoming.sink(session, expected: max(1, expected), isBatch: true),
            eventLoop: incoming.exchange.answerer.eventLoop)
        for (message, decision) in zip(messages, decisions) {
            self.dispatch(decision, message ?? ScannedMessage(), incoming.body, dispatcher)
        }
    }

    private func dispatch(
        _ decision: RequestClassifier.Decision, _ message: ScannedMessage, _ body: ByteBuffer,
        _ dispatcher: LegacyDispatcher
    ) {
        switch decision {
        case .refused(let error, let id): dispatcher.fail(id, error)
        case .initialize(let id), .selfDescribing(let id, _):
            dispatcher.fail(id, RPCError(.invalidRequest, "\"initialize\" must not be part of a batch."))
        case .request(let id, let method): dispatcher.request(id, method, message, in: body)
        case .notification(let method): dispatcher.notification(method, message, in: body)
        case .response: dispatcher.response(message, in: body)
        case .dropped: break
        }
    }
}

extension RequestClassifier.Decision {
    /// Whether something must be answered.
    fileprivate var isAnswered: Bool {
        switch self {
        case .initialize, .request, .selfDescribing, .refused: true
        case .notification, .response, .dropped: false
        }
    }
}
