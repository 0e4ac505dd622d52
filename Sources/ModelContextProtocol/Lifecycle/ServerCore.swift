import HTTPServer
import JSON
import Logging
import NIOCore
import Sessions
import Observability

/// What both transports share: the sessions, and the way a message inside one is dealt with.
struct ServerCore: Sendable {
    let router: MethodRouter
    let store: SessionStore<MCPSession>
    let maximumRunningCalls: Int
    let logger: Logger

    func openSession(
        _ transport: MCPSession.Transport, principal: Principal, revision: ProtocolRevision?
    ) -> MCPSession {
        let session = self.store.create(principal: principal) { id in
            MCPSession(
                id: id, transport: transport, revision: revision, maximumRunningCalls: self.maximumRunningCalls)
        }
        self.logger.debug("session opened", metadata: [LogKey.session: "\(session.id)"])
        return session.state
    }

    func findSession(_ id: String, principal: Principal, transport: MCPSession.Transport) -> MCPSession? {
        guard let session = self.store.find(id, principal: principal), session.state.transport == transport else {
            return nil
        }
        return session.state
    }

    /// Runs a tool in a task that the session owns: it is cancelled with the call or the session.
    func start(
        _ invocation: ToolInvocation, id: RequestID, session: MCPSession, revision: ProtocolRevision, sink: AnswerSink
    ) {
        let call = RunningCall(id: id, sink: sink)
        if let refusal = ServerCore.refusal(session.admit(call), id: id, revision: revision) {
            return sink.answer(refusal)
        }
        let (logger, store) = (self.logger, self.store)
        let toolCall = ToolCall(
            arguments: invocation.arguments, session: session.id,
            progress: { progress, total, message in
                guard let token = invocation.progressToken else { return }
                call.report(
                    progress,
                    token.notification(progress: progress, total: total, message: message, revision: revision))
            })
        let task = Task {
            let result = await invocation.tool.call(toolCall)
            // First the place, then the answer: the client may use the id again as soon as it has read it.
            session.finish(id)
            call.succeed(result.encoded(for: revision))
            store.touch(session.id)
            logger.debug(
                "tool call finished",
                metadata: [
                    LogKey.session: "\(session.id)", LogKey.tool: "\(invocation.tool.name)",
                    LogKey.toolFailed: "\(result.isError)",
                ])
        }
        call.attach(task)
    }

    /// The answer to a call that may not start.
    static func refusal(_ admission: RunningCalls<RunningCall>.Admission, id: RequestID, revision: ProtocolRevision)
        -> ByteBuffer?
    {
        switch admission {
        case .start: nil
        case .duplicate:
            MessageEncoder.error(id: id, RPCError(.invalidRequest, "A request with this id is still running."))
        case .ended: MessageEncoder.error(id: id, RPCError(.cancelled, "The session has ended."))
        case .full:
            MessageEncoder.response(
                id: id,
                result: ToolResult.error(
                    "Too many calls of this session are running: wait for one to finish, then try again."
                ).encoded(for: revision))
        }
    }

    /// Acts on a notification inside a session; unknown ones are dropped.
    func receive(_ method: String, params: JSONValue?, session: MCPSession) {
        guard method == "notifications/cancelled" else { return }
        guard let value = params?["requestId"], let id = RequestID(value) else { return }
        session.cancelCall(id)
    }
}
