import HTTPServer
import JSON
import NIOCore
import NIOHTTP1

/// The whole API as a value: takes a request and a time, changes its data, returns the answer.
struct Service {
    /// What a request comes to.
    enum Outcome {
        case answer(HTTPResponse)
        /// Nothing is ever sent.
        case silence
        /// The connection is closed instead.
        case cutOff
    }

    /// JSON bodies beyond this are refused.
    static let maximumJSONBytes = 10 * 1024 * 1024

    private let environment: ServiceEnvironment
    private var store: Store
    private var limiter: RateLimiter
    private(set) var traffic = Traffic()
    var faults = FaultPlan()

    init(_ configuration: DemoConfiguration) {
        let now = configuration.now()
        self.environment = ServiceEnvironment(
            tokens: JSONWebToken(secret: configuration.jwtSecret), startedAt: now, prefixes: configuration.prefixes)
        var generator = SampleDataGenerator(seed: configuration.seed, variant: configuration.variant, now: now)
        self.store = generator.makeStore()
        self.limiter = RateLimiter(limit: configuration.rateLimit, window: configuration.rateWindow)
    }

    mutating func answer(_ request: HTTPRequest, now: Timestamp) -> Outcome {
        var headers = StandardHeaders.headers(origin: request.headers.first(name: "origin"))
        if request.method == .OPTIONS {
            headers.add(contentsOf: StandardHeaders.preflight)
            return .answer(HTTPResponse(status: .ok, headers: headers))
        }
        let path = self.pathBelowPrefix(request.path)
        self.traffic.countRequest("\(request.method) \(path ?? request.path)")
        let address = RateLimiter.address(
            forwardedFor: request.headers.first(name: "x-forwarded-for"), peer: request.connection.peerAddress)
        let standing = self.limiter.count(address, now: now)
        headers.add(name: "X-RateLimit-Limit", value: String(standing.limit))
        headers.add(name: "X-RateLimit-Remaining", value: String(standing.remaining))
        headers.add(name: "X-RateLimit-Reset", value: String(standing.resetSeconds))
        if standing.isExceeded {
            headers.add(name: "Retry-After", value: String(standing.secondsLeft(at: now)))
            return .answer(Self.respond(to: request, .error(.tooManyRequests, now: now), headers))
        }
        let fault = self.faults.next(path: path ?? request.path)
        if fault == .hang { return .silence }
        if fault == .reset { return .cutOff }
        if let reply = fault?.reply(now: now) {
            headers.applyFault(fault)
            return .answer(Self.respond(to: request, reply, headers))
        }
        let reply = self.reply(to: request, path: path, now: now)
        return fault == .loseAnswer ? .cutOff : .answer(Self.respond(to: request, reply, headers))
    }

    /// The path without the API's prefix; nil outside it.
    private func pathBelowPrefix(_ path: String) -> String? {
        for prefix in self.environment.prefixes {
            guard path.lowercased().hasPrefix(prefix.lowercased()) else { continue }
            let rest = path.dropFirst(prefix.count)
            if rest.isEmpty || rest.first == "/" { return rest.isEmpty ? "/" : String(rest) }
        }
        return nil
    }

    // MARK: Routing

    private mutating func reply(to request: HTTPRequest, path: String?, now: Timestamp) -> Reply {
        do throws(APIError) {
            let (body, form) = try Self.body(of: request)
            guard let path else { throw .unknownRoute }
            let parts = path.split(separator: "/").map(String.init)
            let caller = try self.caller(of: request, group: parts.first?.lowercased() ?? "", now: now)
            let method = request.method == .HEAD ? .GET : request.method
            guard let (route, parameters) = RouteTable.standard.find(method, parts) else { throw .unknownRoute }
            var call = Call(
                query: QueryString(request.query), body: body, form: form, caller: caller, now: now,
                environment: self.environment)
            for parameter in parameters {
                guard let decoded = PercentEncoding.decode(parameter) else { throw .unhandled(status: 400) }
                call.parameters.append(decoded)
            }
            if case .only(let roles) = route.access {
                if call.caller == nil { call.caller = try self.authenticate(request, now: now) }
                guard let role = call.caller?.role, roles.contains(role) else {
                    throw .forbidden("Insufficient permissions")
                }
            }
            if let key = call.query.ambiguousKeys.first {
                if key == "sort" { throw .unhandled() }
                throw .badRequest("Query parameter '\(key)' must be given once, as a plain value")
            }
            return try route.handler(call, &self.store)
        } catch {
            if error.isDangerous { self.traffic.countDangerous() }
            return .error(error, now: now)
        }
    }

    private func caller(of request: HTTPRequest, group: String, now: Timestamp) throws(APIError) -> Seller? {
        guard RouteTable.guardedGroups.contains(group) else { return nil }
        return try self.authenticate(request, now: now)
    }

    private func authenticate(_ request: HTTPRequest, now: Timestamp) throws(APIError) -> Seller {
        guard let header = request.headers.first(name: "authorization"), header.hasPrefix("Bearer ") else {
            throw .unauthorized("Access token is required")
        }
        // The role is the stored one; what the token says of it does not matter.
        guard let id = self.environment.tokens.sellerID(in: header.dropFirst("Bearer ".count), now: now),
            let seller = self.store.sellers[id]
        else { throw .unauthorized("Invalid token") }
        return seller
    }

    // MARK: Bodies

    private static func body(of request: HTTPRequest) throws(APIError) -> (JSONValue, MultipartForm?) {
        let empty = JSONValue.object(JSONObject())
        guard request.body.readableBytes > 0 else { return (empty, nil) }
        let bytes = Array(request.body.readableBytesView)
        let contentType = request.headers.first(name: "content-type")
        switch contentType?.split(separator: ";").first.map({ String($0).trimmed.lowercased() }) {
        case "application/json":
            guard bytes.count <= Self.maximumJSONBytes else { throw .unhandled(status: 413) }
            guard let value = try? JSONValue(parsing: bytes), value.objectValue != nil || value.arrayValue != nil else {
                throw .unhandled(status: 400)
            }
            return (value, nil)
        case "application/x-www-form-urlencoded":
            let fields = QueryString(String(decoding: bytes, as: UTF8.self))
            var object = JSONObject()
            for key in fields.keys.sorted() { object[key] = .string(fields[key] ?? "") }
            return (.object(object), nil)
        default: return (empty, MultipartForm(contentType: contentType, body: bytes))
        }
    }

    private static func respond(to request: HTTPRequest, _ reply: Reply, _ base: HTTPHeaders) -> HTTPResponse {
        var headers = base
        for (name, value) in reply.headers { headers.add(name: name, value: value) }
        let tag = reply.isTagged ? EntityTag.weak(reply.body) : nil
        if let tag { headers.add(name: "ETag", value: tag) }
        let isRead = request.method == .GET || request.method == .HEAD
        let isFresh = EntityTag.isFresh(
            tag, ifNoneMatch: request.headers.first(name: "if-none-match"),
            ifModifiedSince: request.headers.first(name: "if-modified-since"),
            cacheControl: request.headers.first(name: "cache-control"))
        if isRead, isFresh, (200..<300).contains(reply.status) {
            return HTTPResponse(status: .notModified, headers: headers)
        }
        if let contentType = reply.contentType { headers.add(name: "Content-Type", value: contentType) }
        return HTTPResponse(
            status: HTTPResponseStatus(statusCode: reply.status), headers: headers, body: ByteBuffer(bytes: reply.body))
    }
}
