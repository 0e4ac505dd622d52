import CodeSandbox
import HTTPServer
import JSON
import ModelContextProtocol
import NIOCore
import NIOHTTP1
import Observability
import RESTGateway

/// Sends each request to whoever answers its path.
struct Router: HTTPHandler {
    private let mcp: MCPServer
    private let walls: WallReport
    private let metrics: Metrics?
    private let rest: RESTGateway?
    private let admin: AdminGateway?
    private let started = ContinuousClock.now

    /// - Parameters:
    ///   - metrics: shown at `/metrics`; nil shows none.
    ///   - rest: answers the API's paths; nil where those are not served.
    ///   - admin: answers ``AdminGateway/path``; nil where no administrator has a token.
    init(
        mcp: MCPServer, walls: WallReport, metrics: Metrics?, rest: RESTGateway? = nil, admin: AdminGateway? = nil
    ) {
        self.mcp = mcp
        self.walls = walls
        self.metrics = metrics
        self.rest = rest
        self.admin = admin
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        if MCPServer.paths.contains(request.path) {
            self.mcp.handle(request, responder)
            return
        }
        if let rest = self.rest, rest.serves(request.path) {
            guard let origin = self.mcp.admittedOrigin(request.headers) else {
                responder.send(
                    Router.json(
                        .forbidden,
                        [
                            "error": "Forbidden", "message": "Pages of this Origin may not call this server.",
                            "statusCode": 403,
                        ]))
                return
            }
            rest.handle(request, responder, origin: origin.isEmpty ? nil : origin)
            return
        }
        if let admin = self.admin, request.path == AdminGateway.path {
            admin.handle(request, responder)
            return
        }
        guard let page = self.page(request.path, query: request.query) else {
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

    private static let directions = "No such path. MCP is at /mcp (Streamable HTTP) and /sse; health at /health."

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
        var sandbox: JSONObject = ["status": self.walls.isDegraded ? "degraded" : "OK"]
        if isDetailed { sandbox["walls"] = self.walls.json }
        return Router.json(
            .ok,
            [
                "status": self.walls.isDegraded ? "degraded" : "OK", "service": "bitetrack-sidecar",
                "version": .string(BiteTrackSidecar.version),
                "uptime": JSONValue(Double(uptime / .milliseconds(1)) / 1000),
                "sessions": JSONValue(self.mcp.sessionCount), "sandbox": .object(sandbox),
            ])
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
