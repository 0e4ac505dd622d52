package import HTTPCache
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
    private let api: (pipeline: Pipeline, routes: RouteTable)?
    private let proxies: [String: HTTPCache?]
    private let logger: Logger

    /// - Parameters:
    ///   - api: nil where only proxies are served.
    ///   - proxies: the cache of each `[[proxy]]` by its path; nil where it has none.
    package init(
        token: Secret<String>, api: (pipeline: Pipeline, routes: RouteTable)?, proxies: [String: HTTPCache?],
        logger: Logger
    ) {
        (self.token, self.api, self.proxies, self.logger) = (token, api, proxies, logger)
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
        do throws(PurgeRequest.Problem) {
            let count = self.purge(try PurgeRequest(request.body, api: self.api?.routes, proxies: self.proxies))
            self.logger.notice("cache purged", metadata: [LogKey.phase: "cache", LogKey.count: "\(count)"])
            return .json(.ok, ByteBuffer(bytes: JSONValue.object(["dropped": JSONValue(count)]).serialized))
        } catch { return ErrorAnswer.response(400, error.message) }
    }

    /// - Returns: how many answers were dropped.
    private func purge(_ request: PurgeRequest) -> Int {
        switch request {
        case .api(let selection): self.api?.pipeline.purge(selection) ?? 0
        case .proxy(let cache, let selection, let host): self.purge(cache, selection, host: host)
        case .everything:
            self.proxies.values.reduce(self.api?.pipeline.purge(.all) ?? 0) { count, cache in
                count + (cache.map { self.purge($0, .all) } ?? 0)
            }
        }
    }

    private func purge(_ cache: HTTPCache, _ selection: CachePurge, host: String? = nil) -> Int {
        cache.purge(selection, host: host, zones: ["http", "https"])
    }
}
