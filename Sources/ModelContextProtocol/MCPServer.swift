package import HTTPServer
import JSON
package import Logging
import NIOHTTP1
package import Sessions
import Synchronization
import Observability

/// A Model Context Protocol server over HTTP: Streamable HTTP at `/mcp` and `/`, HTTP+SSE at `/sse` and `/messages`.
///
/// Knows JSON-RPC, revisions, sessions and transports; what the tools do is the caller's.
package final class MCPServer: HTTPHandler {
    private let requestGuard: RequestGuard
    private let core: ServerCore
    private let isStopping = Atomic(false)

    /// - Parameters:
    ///   - tools: their names must differ.
    ///   - onSessionEnd: called once for each session that ends, for whatever reason.
    package init(
        configuration: MCPConfiguration, tools: [Tool], logger: Logger,
        onSessionEnd: @escaping @Sendable (SessionID) -> Void
    ) {
        self.requestGuard = RequestGuard(
            allowedHosts: configuration.allowedHosts, allowsAnyHost: configuration.allowsAnyHost,
            allowedOrigins: configuration.allowedOrigins)
        self.core = ServerCore(
            router: MethodRouter(configuration: configuration, catalogue: ToolCatalogue(tools)),
            store: SessionStore(limits: configuration.sessions) { session, reason in
                session.state.end(reason)
                logger.debug(
                    "session ended",
                    metadata: [LogKey.session: "\(session.id)", LogKey.endReason: "\(reason.rawValue)"])
                onSessionEnd(session.id)
            },
            maximumRunningCalls: configuration.maximumRunningCalls, logger: logger)
    }

    /// Paths this handler answers; the caller routes everything else elsewhere.
    package static let paths: Set<String> = ["/", "/mcp", "/mcp/", "/sse", "/sse/", "/messages", "/messages/"]

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let decision = self.requestGuard.check(
            host: HeaderField("host", in: request.headers), origin: HeaderField("origin", in: request.headers))
        switch decision {
        case .refused(let error):
            self.core.logger.debug(
                "request refused", metadata: [LogKey.path: "\(request.path)", LogKey.refusal: "\(error.message)"])
            let exchange = Exchange(
                request: request, responder: responder, crossOrigin: CrossOrigin(origin: nil))
            exchange.fail(.forbidden, error)
        case .allowed(let origin):
            let exchange = Exchange(
                request: request, responder: responder, crossOrigin: CrossOrigin(origin: origin))
            self.route(exchange)
        }
    }

    private func route(_ exchange: Exchange) {
        guard exchange.request.method != .OPTIONS else {
            let requested = exchange.request.headers["access-control-request-headers"]
            return exchange.responder.send(
                HTTPResponse(status: .noContent, headers: exchange.crossOrigin.preflightHeaders(requested: requested)))
        }
        guard !self.isStopping.load(ordering: .acquiring) else {
            let error = RPCError(.internalError, "The server is shutting down; try again in a moment.")
            return exchange.fail(.serviceUnavailable, error, headers: ["retry-after": "5"])
        }
        switch exchange.request.path {
        case "/", "/mcp", "/mcp/": StreamableHTTPTransport(core: self.core).handle(exchange)
        case "/sse", "/sse/": HTTPSSETransport(core: self.core).openStream(exchange)
        case "/messages", "/messages/": HTTPSSETransport(core: self.core).post(exchange)
        default: exchange.fail(.notFound, RPCError(.invalidRequest, "There is nothing at this path."))
        }
    }

    /// Live sessions, for `/health`.
    package var sessionCount: Int { self.core.store.count }

    /// Sweeps idle sessions until cancelled, then ends every session and stream.
    package func run() async throws {
        defer {
            self.isStopping.store(true, ordering: .releasing)
            self.core.store.endAll(reason: .shutdown)
        }
        try await self.core.store.run()
    }
}
