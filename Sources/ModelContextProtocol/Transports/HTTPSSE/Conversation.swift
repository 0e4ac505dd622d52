import JSON

/// What happens to the messages of one HTTP+SSE session.
struct Conversation {
    let core: ServerCore
    let session: MCPSession
    let sink: AnswerSink

    func receive(_ decision: RequestClassifier.Decision, params: JSONValue?) {
        switch decision {
        case .refused, .response, .modernNotification: break
        case .modernRequest(let id, _): self.fail(id, ModernRefusal.error)
        case .notification(let method): self.core.receive(method, params: params, session: self.session)
        case .initialize(let id): self.initialize(id, params)
        case .request(let id, let method): self.request(id, method, params)
        }
    }

    private func initialize(_ id: RequestID, _ params: JSONValue?) {
        do throws(RPCError) {
            let revision = ProtocolRevision.negotiated(requested: try InitializeParameters(params).protocolVersion)
            guard self.session.negotiate(revision) else {
                throw RPCError(.invalidRequest, "This session is already initialized.")
            }
            self.sink.answer(MessageEncoder.response(id: id, result: self.core.router.handshake(for: revision)))
        } catch { self.fail(id, error) }
    }

    private func request(_ id: RequestID, _ method: String, _ params: JSONValue?) {
        let revision = self.session.revision
        guard revision != nil || method == "ping" else {
            return self.fail(id, RPCError(.invalidRequest, "Send \"initialize\" first."))
        }
        switch self.core.router.route(method, params: params, revision: revision ?? .november2024) {
        case .result(let result): self.sink.answer(MessageEncoder.response(id: id, result: result))
        case .error(let error): self.fail(id, error)
        case .call(let invocation):
            self.core.start(
                invocation, id: id, session: self.session, revision: revision ?? .november2024, sink: self.sink)
        }
    }

    private func fail(_ id: RequestID, _ error: RPCError) { self.sink.answer(MessageEncoder.error(id: id, error)) }
}
