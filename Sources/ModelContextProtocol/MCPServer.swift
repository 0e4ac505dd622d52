package import HTTPServer
import JSON
package import Logging
package import NIOHTTP1
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
    ///   - features: what is offered; names and URIs must differ within their kind.
    ///   - sealer: keeps what clients of 2026-07-28 carry for the server from being read or changed.
    ///   - now: seconds since 1970.
    ///   - onSessionEnd: called once for each session that ends, for whatever reason.
    package init(
        configuration: MCPConfiguration, features: MCPFeatures, sealer: any StateSealer, logger: Logger,
        now: @escaping @Sendable () -> Int = WallClock.seconds,
        onSessionEnd: @escaping @Sendable (SessionID) -> Void = { _ in }
    ) {
        self.requestGuard = RequestGuard(
            allowedHosts: configuration.allowedHosts, allowsAnyHost: configuration.allowsAnyHost,
            allowedOrigins: configuration.allowedOrigins)
        self.core = ServerCore(
            configuration: configuration, features: features, sealer: sealer, logger: logger, now: now,
            onSessionEnd: onSessionEnd)
    }

    /// Paths this handler answers; the caller routes everything else elsewhere.
    package static let paths: Set<String> = ["/", "/mcp", "/mcp/", "/sse", "/sse/", "/messages", "/messages/"]

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let fields = RequestFields(request.headers)
        let decision = self.requestGuard.check(fields)
        switch decision {
        case .refused(let error):
            self.core.logger.debug(
                "request refused", metadata: [LogKey.path: "\(request.path)", LogKey.refusal: "\(error.message)"])
            let exchange = Exchange(request, fields, responder, CrossOrigin(origin: nil))
            exchange.answerer.fail(.forbidden, error)
        case .allowed(let origin):
            self.route(Exchange(request, fields, responder, CrossOrigin(origin: origin)))
        }
    }

    /// Whether a request that is not for MCP may be served, by the same rules for `Host` and `Origin`.
    ///
    /// - Returns: nil when it may not, else the browser origin it comes from, empty where there is none.
    package func admittedOrigin(_ headers: HTTPHeaders) -> String? {
        guard case .allowed(let origin) = self.requestGuard.check(RequestFields(headers)) else { return nil }
        return origin ?? ""
    }

    private func route(_ exchange: Exchange) {
        guard exchange.request.method != .OPTIONS else {
            let requested = exchange.request.headers["access-control-request-headers"]
            return exchange.answerer.responder.send(
                HTTPResponse(
                    status: .noContent, headers: exchange.answerer.crossOrigin.preflightHeaders(requested: requested)))
        }
        guard exchange.fields.authorization != .conflicting else {
            return exchange.answerer.fail(.badRequest, RPCError(.invalidRequest, "Authorization is given twice."))
        }
        guard !self.isStopping.load(ordering: .acquiring) else {
            let error = RPCError(.internalError, "The server is shutting down; try again in a moment.")
            return exchange.answerer.fail(.serviceUnavailable, error, headers: ["retry-after": "5"])
        }
        switch exchange.request.path {
        case "/", "/mcp", "/mcp/": StreamableHTTPTransport(core: self.core).handle(exchange)
        case "/sse", "/sse/": HTTPSSETransport(core: self.core).openStream(exchange)
        case "/messages", "/messages/": HTTPSSETransport(core: self.core).post(exchange)
        default: exchange.answerer.fail(.notFound, RPCError(.invalidRequest, "There is nothing at this path."))
        }
    }

    /// Which of the lists has changed.
    package enum List: Sendable { case tools, prompts, resources }

    /// Tells clients that asked for it that a list is not what it was.
    package func listChanged(_ list: List) {
        switch list {
        case .tools: self.core.publish(.tools)
        case .prompts: self.core.publish(.prompts)
        case .resources: self.core.publish(.resources)
        }
    }

    /// Tells clients that subscribed to a resource that its contents have changed.
    package func resourceUpdated(_ uri: String) { self.core.publish(.resource(uri: uri)) }

    /// Live sessions, for `/health`.
    package var sessionCount: Int { self.core.store.count }

    /// Takes no more requests and ends the streams that only wait for news; what runs may finish.
    package func drain() {
        self.isStopping.store(true, ordering: .releasing)
        self.core.hub.endAll()
        for session in self.core.store.all { session.state.drain() }
    }

    /// Sweeps idle sessions until cancelled, then ends every session, task and stream.
    package func run() async throws {
        defer {
            self.drain()
            self.core.tasks.endAll()
            self.core.store.endAll(reason: .shutdown)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.core.store.run() }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(60))
                    self.core.tasks.sweep()
                }
            }
            try await group.next()
        }
    }
}
