import HTTPServer
import JSON
import Logging
import NIOCore
import Observability
import Sessions

/// What all transports share.
///
/// A class, because every request is handed to it and it holds much.
final class ServerCore: Sendable {
    let configuration: MCPConfiguration
    let router: FeatureRouter
    let store: SessionStore<MCPSession>
    let budget: ReplayBudget
    let tasks: TaskStore
    let hub: SubscriptionHub
    let places: CallPlaces
    let states: RequestStateCodec
    let encoder: MessageEncoder
    let logger: Logger

    var catalogue: FeatureCatalogue { self.router.catalogue }

    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - onSessionEnd: called once for each session that ends.
    init(
        configuration: MCPConfiguration, features: MCPFeatures, sealer: any StateSealer, logger: Logger,
        now: @escaping @Sendable () -> Int, onSessionEnd: @escaping @Sendable (SessionID) -> Void
    ) {
        let encoder = MessageEncoder.modern(serverInfo: configuration.serverInfo(for: .july2026))
        let hub = SubscriptionHub(maximumCount: configuration.maximumListeners, encoder: encoder)
        self.configuration = configuration
        self.router = FeatureRouter(catalogue: FeatureCatalogue(features, configuration: configuration))
        self.store = SessionStore(limits: configuration.sessions, isInUse: { $0.isInUse }) { session, reason in
            session.state.end(reason)
            logger.debug(
                "session ended", metadata: [LogKey.session: "\(session.id)", LogKey.endReason: "\(reason.rawValue)"])
            onSessionEnd(session.id)
        }
        self.budget = ReplayBudget(
            bytesPerSession: configuration.replayBytesPerSession, maximumBytes: configuration.replayBytes)
        self.tasks = TaskStore(
            lifetime: configuration.taskLifetime, maximumCount: configuration.maximumTasks, encoder: encoder, now: now,
            onChange: { hub.publish(.task($0)) })
        self.hub = hub
        self.places = CallPlaces(
            maximumCount: configuration.maximumRunningCalls, maximumAnonymous: configuration.maximumAnonymousCalls,
            maximumTotal: configuration.maximumCalls)
        self.states = RequestStateCodec(sealer: sealer, now: now)
        self.encoder = encoder
        self.logger = logger
    }

    // MARK: Sessions

    func openSession(
        _ transport: MCPSession.Transport, principal: Principal, agreement: MCPSession.Agreement?
    ) -> MCPSession {
        let session = self.store.create(principal: principal) { id in
            MCPSession(
                id: id, transport: transport, agreement: agreement,
                maximumRunningCalls: self.configuration.maximumRunningCalls, budget: self.budget)
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

    // MARK: Calls

    /// Tells whoever wants to know of a change.
    func publish(_ change: Change) {
        self.hub.publish(change)
        let listening = self.store.all.map(\.state).filter { $0.wants(change) }
        guard !listening.isEmpty else { return }
        let message = MessageEncoder.notification(change.method, params: .object(change.parameters))
        for session in listening { session.notify(message) }
    }

    /// Runs what may wait in a task of its own, which ends with its call.
    ///
    /// - Parameters:
    ///   - state: what a retry brings back.
    ///   - onEnd: called before the answer goes out, when the place of the call is free again.
    func start(
        _ runner: RequestRunner, _ request: RunningRequest, from state: RequestState = RequestState(),
        on eventLoop: any EventLoop, seal: @escaping @Sendable (RequestState) throws(RPCError) -> String = { _ in "" },
        onEnd: @escaping @Sendable () -> Void
    ) {
        let waiting = eventLoop.scheduleTask(in: TimeAmount(self.configuration.streamAfter)) { request.keepWaiting() }
        let tracking = runner.invocation.taskAfter.map { delay in
            eventLoop.scheduleTask(in: TimeAmount(delay)) { try? request.continueAsTask() }
        }
        // Ends with the call; `attach` lets the call stop it.
        let task = Task {
            let outcome = await runner.run(request, from: state, on: eventLoop, seal: seal)
            waiting.cancel()
            tracking?.cancel()
            onEnd()
            request.finish(outcome)
            runner.session?.callAnswered()
            self.noteFinished(runner)
        }
        request.attach(task)
    }

    func noteFinished(_ runner: RequestRunner) {
        self.logger.debug(
            "call finished",
            metadata: [
                LogKey.method: "\(runner.invocation.method)", LogKey.tool: "\(runner.invocation.name)",
                LogKey.session: "\(runner.session.map { "\($0.id)" } ?? "")",
            ])
    }
}
