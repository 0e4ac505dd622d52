import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Sessions

/// HTTP+SSE of 2024-11-05: everything the server says goes on one stream, messages come by POST beside it.
///
/// The session lives as long as its stream; nothing is resumed.
struct HTTPSSETransport: Sendable {
    let core: ServerCore

    /// `/sse`: opens the stream and tells where to post.
    func openStream(_ exchange: Exchange) {
        guard exchange.request.method == .GET else { return self.refuse(exchange, allow: "GET") }
        guard AcceptHeader(exchange.fields.accept).allowsEventStream else {
            let error = RPCError(.invalidRequest, "GET opens an event stream: send \"Accept: text/event-stream\".")
            return exchange.answerer.fail(.notAcceptable, error)
        }
        let session = self.core.openSession(.eventStream, principal: exchange.principal, agreement: nil)
        guard session.reserveStandalone() else {
            return exchange.answerer.fail(
                .serviceUnavailable, RPCError(.internalError, "Too many sessions; try again later."))
        }
        let stream = exchange.answerer.startEventStream()
        session.attachShared(stream)
        let prefix = exchange.fields.forwardedPrefix.value
        let reference = EndpointReference.make(sessionID: session.id.rawValue, forwardedPrefix: prefix)
        stream.send(ServerSentEvent(event: "endpoint", data: ByteBuffer(string: reference)))
        stream.onClose { [store = self.core.store] in store.end(session.id, reason: .closed) }
    }

    /// `/messages`: takes one message; the answer goes on the stream.
    func post(_ exchange: Exchange) {
        guard exchange.request.method == .POST else { return self.refuse(exchange, allow: "POST") }
        guard exchange.isJSON else {
            let error = RPCError(.invalidRequest, "Send the message as \"Content-Type: application/json\".")
            return exchange.answerer.fail(.unsupportedMediaType, error)
        }
        guard let name = HTTPSSETransport.sessionName(query: exchange.request.query) else {
            let error = RPCError(.invalidRequest, "The query lacks sessionId: post to the URI of the endpoint event.")
            return exchange.answerer.fail(.badRequest, error)
        }
        guard
            let session = self.core.findSession(name, principal: exchange.principal, transport: .eventStream),
            let stream = session.sharedStream
        else {
            let error = RPCError(.invalidRequest, "There is no such session (any more): open a new one with GET /sse.")
            return exchange.answerer.fail(.notFound, error)
        }
        do throws(RPCError) {
            guard case .message(let message) = try MessageScanner.scan(exchange.request.body) else {
                throw RPCError(.invalidRequest, "Send one JSON-RPC message, which is a JSON object.")
            }
            let decision = RequestClassifier.classify(message, version: .absent)
            if case .refused(let error, let id) = decision { return exchange.answerer.fail(.badRequest, error, id: id) }
            exchange.answerer.finish(.accepted, text: "Accepted")
            let dispatcher = LegacyDispatcher(
                core: self.core, session: session, principal: exchange.principal, sink: SharedSink(stream: stream),
                eventLoop: exchange.answerer.eventLoop)
            self.dispatch(decision, message, exchange.request.body, dispatcher)
        } catch { exchange.answerer.fail(.badRequest, error) }
    }

    private func dispatch(
        _ decision: RequestClassifier.Decision, _ message: ScannedMessage, _ body: ByteBuffer,
        _ dispatcher: LegacyDispatcher
    ) {
        switch decision {
        case .refused, .dropped: break
        case .response: dispatcher.response(message, in: body)
        case .notification(let method): dispatcher.notification(method, message, in: body)
        case .request(let id, let method): dispatcher.request(id, method, message, in: body)
        case .selfDescribing(let id, _):
            dispatcher.fail(
                id,
                RPCError(
                    .invalidRequest,
                    "This transport is for \(ProtocolRevision.legacyNames): send requests of 2026-07-28 to /mcp."))
        case .initialize(let id):
            do throws(RPCError) {
                let agreement = try InitializeParameters(Params(message, in: body)).agreement
                guard dispatcher.session.negotiate(agreement) else {
                    throw RPCError(.invalidRequest, "This session is already initialized.")
                }
                let handshake = self.core.catalogue.handshake(for: agreement.revision)
                dispatcher.sink.answer(MessageEncoder.legacy.response(id: id, handshake), .result)
            } catch { dispatcher.fail(id, error) }
        }
    }

    private func refuse(_ exchange: Exchange, allow: String) {
        let error = RPCError(.invalidRequest, "Method not allowed; allowed: \(allow).")
        exchange.answerer.fail(.methodNotAllowed, error, headers: ["allow": allow])
    }

    /// The value of `sessionId` in a query; ids need no percent-decoding.
    static func sessionName(query: String?) -> String? {
        let values = (query ?? "").split(separator: "&").filter { $0.hasPrefix("sessionId=") }
        guard values.count == 1, let value = values.first?.dropFirst("sessionId=".count), !value.isEmpty else {
            return nil
        }
        return String(value)
    }
}
