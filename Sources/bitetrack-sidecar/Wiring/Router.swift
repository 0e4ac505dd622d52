import CodeSandbox
import HTTPServer
import JSON
import ModelContextProtocol
import NIOCore
import NIOHTTP1
import Observability
import RESTGateway
import ReverseProxy

/// Sends each request to whoever answers its path.
struct Router: HTTPHandler {
    /// nil when only proxies are served.
    private let mcp: MCPServer?
    private let walls: WallReport?
    /// Longest path first.
    private let proxies: [ReverseProxy]
    private let ownsRoot: Bool
    private let metrics: Metrics?
    private let rest: RESTGateway?
    private let admin: AdminGateway?
    private let started = ContinuousClock.now

    /// - Parameters:
    ///   - mcp: nil where there is no upstream, and so only proxies.
    ///   - metrics: shown at `/metrics`; nil shows none.
    ///   - rest: answers the API's paths; nil where those are not served.
    ///   - admin: answers ``AdminGateway/path``; nil where no administrator has a token.
    init(
        mcp: MCPServer?, walls: WallReport?, proxies: [ReverseProxy], metrics: Metrics?, rest: RESTGateway? = nil,
        admin: AdminGateway? = nil
    ) {
        self.mcp = mcp
        self.walls = walls
        self.proxies = proxies.sorted { $0.configuration.path.utf8.count > $1.configuration.path.utf8.count }
        self.ownsRoot = !proxies.contains { $0.configuration.path == "/" }
        self.metrics = metrics
        self.rest = rest
        self.admin = admin
    }

    func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake {
        guard !self.proxies.isEmpty, !self.isMCP(path), !Router.pages.contains(path), !self.isAdmin(path),
            !(self.rest?.serves(path) ?? false)
        else { return .assembled }
        return self.proxy(path)?.intake(method, path: path, headers: headers) ?? .assembled
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        if let mcp {
            if self.isMCP(request.path) { return mcp.handle(request, responder) }
            if let rest, rest.serves(request.path) { return self.call(rest, mcp, request, responder) }
        }
        if let admin, self.isAdmin(request.path) { return admin.handle(request, responder) }
        guard let page = self.page(request.path, query: request.query) else {
            if let proxy = self.proxy(request.path) { return proxy.handle(request, responder) }
            responder.send(
                Router.json(
                    .notFound, ["error": "Not Found", "message": .string(Router.directions), "statusCode": 404]))
            return
        }
        guard request.method == .GET || request.method == .HEAD else {
            var response = Router.json(
                .methodNotAllowed,
                ["error": "Method Not Allowed", "message": "This path takes GET.", "statusCode": 405])
            response.headers.add(name: "allow", value: "GET, HEAD")
            responder.send(response)
            return
        }
        responder.send(page)
    }

    private func call(_ rest: RESTGateway, _ mcp: MCPServer, _ request: HTTPRequest, _ responder: HTTPResponder) {
        guard let origin = mcp.admittedOrigin(request.headers) else {
            let message = "Pages of this Origin may not call this server."
            responder.send(
                Router.json(.forbidden, ["error": "Forbidden", "message": .string(message), "statusCode": 403]))
            return
        }
        rest.handle(request, responder, origin: origin.isEmpty ? nil : origin)
    }

    private static let directions = "No such path. MCP is at /mcp (Streamable HTTP) and /sse; health at /health."

    /// Whether agents are served at this path; a proxy for everything takes the root from them.
    private func isMCP(_ path: String) -> Bool {
        self.mcp != nil && MCPServer.paths.contains(path) && (path != "/" || self.ownsRoot)
    }

    private func isAdmin(_ path: String) -> Bool { self.admin != nil && path == AdminGateway.path }

    private func proxy(_ path: String) -> ReverseProxy? { self.proxies.first { $0.configuration.matches(path) } }

    private static let pages: Set<String> = ["/health", "/health/live", "/health/ready", "/metrics"]

    private func page(_ path: String, query: String?) -> HTTPResponse? {
        switch path {
        case "/health": self.health(isDetailed: query == "detailed")
        case "/health/live", "/health/ready": Router.json(.ok, ["status": "OK"])
        case "/metrics": self.metrics.map(self.exposition)
        default: nil
        }
    }

    /// Keeps the members that the existing front end reads; `?detailed` adds what the sandbox is worth on this host.
    private func health(isDetailed: Bool) -> HTTPResponse {
        let uptime = self.started.duration(to: .now)
        let status: JSONValue = self.walls?.isDegraded ?? false ? "degraded" : "OK"
        var health: JSONObject = [
            "status": status, "service": "bitetrack-sidecar", "version": .string(BiteTrackSidecar.version),
            "uptime": JSONValue(Double(uptime / .milliseconds(1)) / 1000),
        ]
        if let mcp { health["sessions"] = JSONValue(mcp.sessionCount) }
        if let walls {
            var sandbox: JSONObject = ["status": status]
            if isDetailed { sandbox["walls"] = walls.json }
            health["sandbox"] = .object(sandbox)
        }
        return Router.json(.ok, .object(health))
    }

    private func exposition(_ metrics: Metrics) -> HTTPResponse {
        HTTPResponse(
            status: .ok, headers: ["content-type": PrometheusText.contentType],
            body: ByteBuffer(string: metrics.prometheusText()))
    }

    private static func json(_ status: HTTPResponseStatus, _ body: JSONValue) -> HTTPResponse {
        .json(status, ByteBuffer(bytes: body.serialized))
    }
}
