package import HTTPServer
import JSON
package import Logging
import NIOCore
import NIOHTTP1
import Observability
package import TokenVault
package import UpstreamPipeline

/// What an operator may do while the sidecar runs: forget cached answers.
package struct AdminGateway: HTTPHandler {
    package static let path = "/admin/purge"

    private let token: Secret<String>
    private let pipeline: Pipeline
    private let routes: RouteTable
    private let logger: Logger

    package init(token: Secret<String>, pipeline: Pipeline, routes: RouteTable, logger: Logger) {
        (self.token, self.pipeline, self.routes, self.logger) = (token, pipeline, routes, logger)
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        responder.send(self.response(to: request))
    }

    private func response(to request: HTTPRequest) -> HTTPResponse {
        guard request.method == .POST else {
            var response = ErrorAnswer.response(405, "This path takes POST.")
            response.headers.add(name: "allow", value: "POST")
            return response
        }
        let fields = request.headers["authorization"]
        guard fields.count == 1, fields[0].hasPrefix("Bearer "),
            self.token.isEqual(to: Secret(String(fields[0].dropFirst("Bearer ".count))))
        else {
            var response = ErrorAnswer.response(401, "This path takes the administrator's token.")
            response.headers.add(name: "www-authenticate", value: "Bearer")
            return response
        }
        do throws(ArgumentProblem) {
            let selection = try self.selection(request.body)
            let count = self.pipeline.purge(selection)
            self.logger.notice("cache purged", metadata: [LogKey.phase: "cache", LogKey.count: "\(count)"])
            return .json(.ok, ByteBuffer(bytes: JSONValue.object(["dropped": JSONValue(count)]).serialized))
        } catch { return ErrorAnswer.response(400, error.message) }
    }

    private struct ArgumentProblem: Error { let message: String }

    /// `{"route": "GET /sales"}`, `{"group": "sales"}` or `{"all": true}`.
    private func selection(_ body: ByteBuffer) throws(ArgumentProblem) -> Pipeline.Purge {
        let object = (try? JSONValue(parsing: Array(body.readableBytesView)))?.objectValue ?? [:]
        let groups = Set(self.routes.routes.flatMap(\.groups))
        switch (object.count, object["route"], object["group"], object["all"]) {
        case (1, .string(let route), nil, nil):
            guard self.routes[route] != nil else { throw ArgumentProblem(message: "There is no such route.") }
            return .route(route)
        case (1, nil, .string(let group), nil):
            guard groups.contains(group) else {
                throw ArgumentProblem(
                    message: "There is no such group. Groups: \(groups.sorted().joined(separator: ", ")).")
            }
            return .group(group)
        case (1, nil, nil, .bool(true)): return .all
        default:
            throw ArgumentProblem(
                message: "The body must be one of {\"route\": \"GET /sales\"}, {\"group\": \"sales\"}, {\"all\": true}."
            )
        }
    }
}
