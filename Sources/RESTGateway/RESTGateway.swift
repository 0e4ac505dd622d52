package import HTTPServer
import JSON
package import Logging
import NIOCore
import NIOHTTP1
package import Observability
import Synchronization
import TokenVault
package import UpstreamPipeline

/// Passes the requests of ordinary HTTP clients through the pipeline, each with the client's own `Authorization`.
///
/// Answers are kept for each token apart, and never shared with the sessions of scripts.
package final class RESTGateway: HTTPHandler {
    /// A request that may go on.
    struct Inquiry: Sendable {
        var route: Route
        var call: PipelineCall
        /// Of the session in ``call``; nil for requests without a token.
        var holder: String?
        var directives: CacheDirectives

        var isRead: Bool { self.route.writeClass == .read }
    }

    let configuration: GatewayConfiguration
    let pipeline: Pipeline
    private let paths: PathTable
    private let clients: Mutex<ClientTable>
    private let now: @Sendable () -> ContinuousClock.Instant
    private let epoch: @Sendable () -> Int
    private let logger: Logger
    private let counters: GatewayCounters

    /// - Parameters:
    ///   - routes: the same that `pipeline` was made with.
    ///   - epoch: seconds since 1970.
    package init(
        configuration: GatewayConfiguration, pipeline: Pipeline, routes: RouteTable, metrics: Metrics, logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        epoch: @escaping @Sendable () -> Int = WallClock.seconds
    ) {
        self.configuration = configuration
        self.pipeline = pipeline
        self.paths = PathTable(routes)
        self.clients = Mutex(ClientTable(configuration))
        (self.now, self.epoch, self.logger) = (now, epoch, logger)
        self.counters = GatewayCounters(metrics)
    }

    /// Seconds since 1970.
    var epochNow: Int { self.epoch() }

    /// Whether a path belongs to the API.
    package func serves(_ path: String) -> Bool {
        path.hasPrefix(self.configuration.prefix)
            && (path.utf8.count == self.configuration.prefix.utf8.count
                || path.dropFirst(self.configuration.prefix.count).hasPrefix("/"))
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        self.handle(request, responder, origin: nil)
    }

    /// - Parameter origin: of the page whose script asks, if that origin may; it was checked.
    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder, origin: String?) {
        let pages = CrossOriginFields(origin: origin)
        guard request.method != .OPTIONS else {
            responder.send(HTTPResponse(status: .noContent, headers: pages.preflight))
            return
        }
        let inquiry: Inquiry
        do throws(Refusal) { inquiry = try self.inquiry(request) } catch {
            self.counters.refused.increment()
            responder.send(pages.added(to: error.response))
            return
        }
        do throws(PipelineError) {
            if inquiry.isRead, let reply = try self.pipeline.answerFromCache(inquiry.call) {
                self.counters.count(reply)
                responder.send(pages.added(to: self.response(reply, inquiry, request)))
                return
            }
        } catch {
            self.counters.count(error)
            responder.send(pages.added(to: self.response(error, inquiry)))
            return
        }
        guard !inquiry.directives.onlyIfCached else {
            self.counters.refused.increment()
            responder.send(pages.added(to: ErrorAnswer.response(504, "The answer is not in the cache.")))
            return
        }
        // The responder is answered in any case; a read that nobody waits for any more is given up.
        let task = Task { await self.forward(inquiry, request, responder, pages) }
        if inquiry.isRead { responder.onDisconnect { task.cancel() } }
    }

    /// Ends idle clients' sessions until cancelled.
    package func run() async throws {
        while true {
            try await Task.sleep(for: .seconds(60))
            self.sweep()
        }
    }

    func sweep() {
        let now = self.now()
        for name in self.clients.withLock({ $0.sweep(now: now) }) { self.pipeline.endSession(name) }
    }

    /// Clients that have, or may have, answers of their own.
    package var clientCount: Int { self.clients.withLock { $0.count } }

    private func forward(
        _ inquiry: Inquiry, _ request: HTTPRequest, _ responder: HTTPResponder, _ pages: CrossOriginFields
    ) async {
        var inquiry = inquiry
        do throws(PipelineError) {
            let reply = try await self.pipeline.send(inquiry.call)
            self.learn(&inquiry, nil)
            self.counters.count(reply)
            responder.send(pages.added(to: self.response(reply, inquiry, request)))
        } catch {
            self.learn(&inquiry, error)
            self.counters.count(error)
            self.logger.debug(
                "client request failed",
                metadata: [
                    LogKey.phase: "rest", LogKey.route: "\(inquiry.route.id)",
                    LogKey.errorCode: "\(error.code.rawValue)",
                    LogKey.status: "\(error.status)",
                ])
            responder.send(pages.added(to: self.response(error, inquiry)))
        }
    }

    /// What the API's answer says of the token; one that it has accepted pays for itself from now on.
    private func learn(_ inquiry: inout Inquiry, _ error: PipelineError?) {
        guard let holder = inquiry.holder, inquiry.route.access != .open else { return }
        switch error?.code {
        case nil, .forbidden, .notFound, .badRequest, .conflict, .unprocessable:
            guard error?.origin ?? .upstream == .upstream else { return }
            self.clients.withLock { $0.accepted(holder) }
            inquiry.call.client?.bucket = ClientRequest.Bucket(name: holder)
        case .unauthorized:
            if self.clients.withLock({ $0.refused(holder) }) { self.pipeline.endSession(holder) }
        default: break
        }
    }
}

extension RESTGateway {
    /// A request that goes no further.
    struct Refusal: Error { let response: HTTPResponse }

    /// Path, credentials, query and body, in this order.
    private func inquiry(_ request: HTTPRequest) throws(Refusal) -> Inquiry {
        let (route, parameters) = try self.route(request)
        guard self.configuration.allowsWrites || route.writeClass == .read || route.writeClass == .session else {
            throw Refusal(
                response: ErrorAnswer.response(403, "Requests that change data are not passed on here."))
        }
        let token = try self.token(request, for: route)
        var arguments: JSONObject
        var client = ClientRequest(bucket: ClientRequest.Bucket(name: ""))
        do throws(PipelineError) {
            arguments = try QueryText.read(request.query)
            for (name, value) in parameters {
                guard !arguments.contains(name) else {
                    throw PipelineError(
                        .invalidArguments, origin: .caller, status: 400, message: "`\(name)` belongs into the path")
                }
                arguments.append(name, .string(value))
            }
            try route.checkIDs(parameters)
            if request.method != .GET, request.method != .HEAD {
                let body = try BodyRules.decoded(
                    request.body, encoding: request.headers.first(name: "content-encoding"),
                    limitBytes: self.configuration.bodyBytes)
                client.contentType = try BodyRules.check(
                    body, contentType: request.headers.first(name: "content-type"), of: route)
                if client.contentType != nil { client.body = Secret(Array(body.readableBytesView)) }
            }
        } catch {
            throw Refusal(response: ErrorAnswer.response(error.status, error: error.word, error.message))
        }
        let directives = CacheDirectives(request.headers)
        (client.maximumAge, client.mayStore) = (directives.maximumAge, !directives.noStore)
        let holder = token.map(Credentials.name)
        let now = self.now()
        let visit = self.clients.withLock { $0.visit(holder, from: request.connection.peerAddress, now: now) }
        for ended in visit.ended { self.pipeline.endSession(ended) }
        client.bucket = visit.bucket
        var call = PipelineCall(
            route: route.id, arguments: arguments, session: holder ?? "rest:public", token: token)
        call.client = client
        return Inquiry(route: route, call: call, holder: holder, directives: directives)
    }

    private func route(_ request: HTTPRequest) throws(Refusal) -> (Route, [String: String]) {
        switch self.paths.match(request.method.rawValue, request.path.dropFirst(self.configuration.prefix.count)) {
        case nil:
            throw Refusal(response: ErrorAnswer.response(400, "The path is not percent-encoded UTF-8."))
        case .nothing:
            throw Refusal(response: ErrorAnswer.response(404, "The requested resource was not found"))
        case .otherMethods(let methods):
            var response = ErrorAnswer.response(405, "This path takes \(methods.joined(separator: ", ")).")
            response.headers.add(name: "allow", value: (methods + ["OPTIONS"]).joined(separator: ", "))
            throw Refusal(response: response)
        case .route(let route, let parameters): return (route, parameters)
        }
    }

    /// The token to send; nil for public routes, whose answers are the same for all.
    private func token(_ request: HTTPRequest, for route: Route) throws(Refusal) -> Secret<String>? {
        switch Credentials(request.headers, now: self.epoch()) {
        case nil: throw Refusal(response: ErrorAnswer.response(400, "Authorization is given twice."))
        case _ where route.access == .open: return nil
        case .missing: throw Refusal(response: ErrorAnswer.response(401, "Access token is required"))
        case .invalid: throw Refusal(response: ErrorAnswer.response(401, "Invalid token"))
        case .token(let token): return token
        }
    }
}

extension Route {
    /// Path ids, word for word as the API says it where it does not end its process instead.
    fileprivate func checkIDs(_ parameters: [String: String]) throws(PipelineError) {
        for parameter in self.parameters where parameter.place == .path {
            guard case .objectID = parameter.kind, let text = parameters[parameter.name] else { continue }
            guard ObjectIDText.isValid(text) else {
                throw PipelineError(
                    .invalidArguments, origin: .caller, status: 400,
                    message: "Invalid resource ID format: `\(parameter.name)` must be 24 hexadecimal digits")
            }
        }
    }
}

extension PipelineError {
    /// The API's word for what it refuses itself, where that is not the status's own.
    var word: String? {
        guard self.code == .invalidArguments, self.status == 400 else { return nil }
        return self.message.hasPrefix("Invalid resource ID") ? "Invalid ID" : "Validation Error"
    }
}
