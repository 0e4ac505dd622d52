import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Sessions

/// Streamable HTTP: one endpoint for messages, streams and the end of sessions.
struct StreamableHTTPTransport: Sendable {
    let core: ServerCore

    func handle(_ exchange: Exchange) {
        let version = exchange.fields.version
        switch RequestClassifier.classify(method: exchange.request.method, version: version) {
        case .message: self.post(exchange, version: version)
        case .openStream: self.openStream(exchange, version: version)
        case .endSession:
            guard let session = self.session(of: exchange, version: version) else { return }
            self.core.store.end(session.id, reason: .closed)
            exchange.answerer.finish(.noContent)
        case .notAllowed(let allow):
            let error = RPCError(.invalidRequest, "Method not allowed; allowed: \(allow).")
            exchange.answerer.fail(.methodNotAllowed, error, headers: ["allow": allow])
        }
    }

    /// The live session a request names; nil after having answered why there is none.
    func session(of exchange: Exchange, version: HeaderField, id: RequestID? = nil) -> MCPSession? {
        if case .refused(let error, _) = RequestClassifier.legacy(version, id: id) {
            exchange.answerer.fail(.badRequest, error, id: id)
            return nil
        }
        switch exchange.fields.session {
        case .absent:
            let error = RPCError(
                .invalidRequest, "The Mcp-Session-Id header is missing: open a session with \"initialize\" first.")
            exchange.answerer.fail(.badRequest, error, id: id)
        case .conflicting:
            exchange.answerer.fail(.badRequest, RPCError(.invalidRequest, "Mcp-Session-Id is given twice."), id: id)
        case .single(let name):
            if let session = self.core.findSession(name, principal: exchange.principal, transport: .streamableHTTP) {
                return session
            }
            let error = RPCError(.invalidRequest, "There is no such session (any more): open one with \"initialize\".")
            exchange.answerer.fail(.notFound, error, id: id)
        }
        return nil
    }

    /// GET: the stream on which the server may speak unasked.
    private func openStream(_ exchange: Exchange, version: HeaderField) {
        guard AcceptHeader(exchange.fields.accept).namesEventStream else {
            let error = RPCError(.invalidRequest, "GET opens an event stream: send \"Accept: text/event-stream\".")
            return exchange.answerer.fail(.notAcceptable, error)
        }
        guard let session = self.session(of: exchange, version: version) else { return }
        switch exchange.fields.lastEventID {
        case .absent: self.openStandalone(session, exchange)
        case .conflicting:
            exchange.answerer.fail(.badRequest, RPCError(.invalidRequest, "Last-Event-ID is given twice."))
        case .single(let eventID):
            guard session.knows(eventID: eventID) else {
                let error = RPCError(
                    .invalidRequest, "There is no such event (any more): open a stream without Last-Event-ID.")
                return exchange.answerer.fail(.badRequest, error)
            }
            let stream = exchange.answerer.startEventStream()
            if !session.resume(after: eventID, stream, on: exchange.answerer.eventLoop) { stream.finish() }
        }
    }

    private func openStandalone(_ session: MCPSession, _ exchange: Exchange) {
        guard session.reserveStandalone() else {
            return exchange.answerer.fail(
                .conflict, RPCError(.invalidRequest, "This session already has an open stream."))
        }
        session.attachStandalone(exchange.answerer.startEventStream(), on: exchange.answerer.eventLoop)
    }
}
