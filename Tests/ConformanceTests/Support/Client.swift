import JSON
import Testing

/// A client of one revision on one transport, which checks everything it receives against ``WireRules``.
final class Client {
    /// Gives the result for a request of the server.
    typealias Answering = (JSONValue) async throws -> JSONValue

    let server: Server
    let wire: Wire
    let capabilities: JSONValue
    /// Sent with every request.
    let extraHeaders: [(name: String, value: String)]
    /// The result of `initialize`; that of `server/discover` for a modern client.
    private(set) var handshake: JSONValue = [:]
    /// The session id of Streamable HTTP.
    private(set) var session: String?
    /// Where to post on HTTP+SSE.
    private(set) var endpoint = ""
    /// The stream of HTTP+SSE.
    private(set) var stream: EventStream?
    /// Opened with the first message; a server may cut connections that say nothing.
    private var posts: Connection?
    private var lastID = 0

    /// Connects and shakes hands.
    static func open(
        _ wire: Wire, _ server: Server, capabilities: JSONValue = [:],
        headers: [(name: String, value: String)] = []
    ) async throws -> Client {
        let client = Client(server: server, wire: wire, capabilities: capabilities, headers: headers)
        try await client.shakeHands()
        return client
    }

    /// A client of the server with every fixture.
    static func open(_ wire: Wire, capabilities: JSONValue = [:]) async throws -> Client {
        try await self.open(wire, try await Server.everything, capabilities: capabilities)
    }

    private init(
        server: Server, wire: Wire, capabilities: JSONValue, headers: [(name: String, value: String)]
    ) {
        self.server = server
        self.wire = wire
        self.capabilities = capabilities
        self.extraHeaders = headers
    }

    private func shakeHands() async throws {
        if self.wire.isModern {
            self.handshake = try #require(try await self.request("server/discover").result)
            return
        }
        if self.wire.transport == .httpSSE {
            let stream = try await self.server.open(.stream("/sse", self.extraHeaders))
            try #require(stream.status == 200)
            let first = try #require(try await stream.next())
            try #require(first.type == "endpoint")
            self.endpoint = try #require(first.data)
            self.stream = stream
        }
        let reply = try await self.request("initialize", Client.hello(self.wire.revision.rawValue, self.capabilities))
        self.handshake = try #require(reply.result, "\(reply)")
        try #require(self.handshake["protocolVersion"]?.stringValue == self.wire.revision.rawValue)
        try await self.notify("notifications/initialized")
    }

    /// The parameters of `initialize`.
    static func hello(_ version: String, _ capabilities: JSONValue = [:]) -> JSONValue {
        [
            "protocolVersion": .string(version), "capabilities": capabilities,
            "clientInfo": ["name": "conformance", "version": "1"],
        ]
    }

    /// An id that this client has not used.
    func nextID() -> JSONValue {
        self.lastID += 1
        return JSONValue(self.lastID)
    }

    // MARK: Requests

    /// Sends a request and waits for its answer.
    ///
    /// - Parameters:
    ///   - meta: members of `_meta`; a modern client's own are added.
    ///   - id: the next free one unless given.
    ///   - answering: what to say to requests of the server; without it they are an issue.
    func request(
        _ method: String, _ params: JSONValue = [:], meta: JSONValue? = nil, id: JSONValue? = nil,
        answering: Answering? = nil
    ) async throws -> Reply {
        let id = id ?? self.nextID()
        let (request, message) = self.compose(method, params, meta: meta, id: id)
        let reply: Reply
        switch self.wire.transport {
        case .httpSSE:
            reply = try await self.exchangeOnStream(message, id: id, answering: answering)
        case .streamable:
            let stream = try await self.connection().open(request)
            reply = try await self.read(stream, answering: answering)
            if let session = stream.header("mcp-session-id") {
                #expect(method == "initialize" && !self.wire.isModern, "\(method) names a session")
                self.session = session
            }
        }
        #expect(reply.status < 500, "\(method): \(reply)")
        #expect(reply.message["id"] == id, "\(method): \(reply.message.text)")
        let violations = WireRules(wire: self.wire).violations(in: reply, to: method)
        #expect(violations == [], "\(method) at \(self.wire.testDescription)")
        return reply
    }

    /// Calls a tool.
    func call(
        _ tool: String, _ arguments: JSONValue? = [:], meta: JSONValue? = nil, answering: Answering? = nil
    ) async throws -> Reply {
        var params: JSONValue = ["name": .string(tool)]
        if let arguments { params = params.with("arguments", arguments) }
        return try await self.request("tools/call", params, meta: meta, answering: answering)
    }

    /// Sends a notification, which must be accepted with 202.
    func notify(_ method: String, _ params: JSONValue = [:]) async throws {
        let answer = try await self.post(["jsonrpc": "2.0", "method": .string(method), "params": params])
        #expect(answer.status == 202, "\(method): \(answer)")
    }

    /// Posts one message on a connection of its own, as this client would.
    func post(_ message: JSONValue) async throws -> Answer {
        try await self.server.send(self.request(posting: message))
    }

    /// Opens a request whose answer is read while it comes, on a connection of its own.
    func open(
        _ method: String, _ params: JSONValue = [:], meta: JSONValue? = nil, id: JSONValue? = nil
    ) async throws -> EventStream {
        try await self.server.open(self.compose(method, params, meta: meta, id: id ?? self.nextID()).request)
    }

    /// The GET that opens this session's stream for what no request asked for.
    var streamRequest: Request { .stream("/mcp", self.sessionHeaders) }

    /// Headers that tie a request to this client's session.
    var sessionHeaders: [(name: String, value: String)] {
        var headers = self.extraHeaders
        if let session { headers.append(("Mcp-Session-Id", session)) }
        if self.session != nil, self.wire.revision >= .v2025_06_18 {
            headers.append(("MCP-Protocol-Version", self.wire.revision.rawValue))
        }
        return headers
    }

    /// The POST of one message.
    func request(posting message: JSONValue) -> Request {
        self.wire.transport == .httpSSE
            ? .post(message.text, path: self.endpoint, self.extraHeaders)
            : .post(message.text, self.sessionHeaders)
    }

    private func compose(
        _ method: String, _ params: JSONValue, meta: JSONValue?, id: JSONValue
    ) -> (request: Request, message: JSONValue) {
        if self.wire.isModern {
            var modern = ModernRequest(method, params, capabilities: self.capabilities).id(id)
            for (key, value) in meta?.objectValue ?? [:] { modern.meta = modern.meta.with(key, value) }
            modern.headers += self.extraHeaders
            return (modern.request, modern.message)
        }
        let params = meta.map { params.with("_meta", $0) } ?? params
        let message: JSONValue = ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": params]
        return (self.request(posting: message), message)
    }

    private func connection() async throws -> Connection {
        if let posts, !posts.isClosed { return posts }
        let connection = try await self.server.connect()
        self.posts = connection
        return connection
    }

    // MARK: Answers

    private func exchangeOnStream(_ message: JSONValue, id: JSONValue, answering: Answering?) async throws -> Reply {
        let stream = try #require(self.stream)
        let accepted = try await self.connection().send(self.request(posting: message))
        try #require(accepted.status == 202, "\(accepted)")
        return try await self.read(from: stream, status: 200, answering: answering) { $0["id"] == id }
    }

    private func read(_ stream: EventStream, answering: Answering?) async throws -> Reply {
        guard stream.isEventStream else {
            let answer = try await stream.readAnswer()
            let message = try #require(answer.json, "\(answer)")
            return Reply(status: answer.status, message: message, earlier: [], events: [])
        }
        let reply = try await self.read(from: stream, status: stream.status, answering: answering) { _ in true }
        #expect(try await stream.next() == nil, "something follows the response")
        return reply
    }

    private func read(
        from stream: EventStream, status: Int, answering: Answering?, until isReply: (JSONValue) -> Bool
    ) async throws -> Reply {
        var earlier: [JSONValue] = []
        let start = stream.history.count
        while let message = try await stream.nextMessage() {
            if message["method"] == nil, isReply(message) {
                let events = stream.history[start...].filter { $0.comment == nil }
                return Reply(status: status, message: message, earlier: earlier, events: Array(events))
            }
            earlier.append(message)
            guard message["method"] != nil, let id = message["id"] else { continue }
            guard let answering else {
                Issue.record("a request of the server: \(message.text)")
                continue
            }
            let answer = try await self.post(["jsonrpc": "2.0", "id": id, "result": try await answering(message)])
            #expect(answer.status == 202 && (answer.text.isEmpty || self.wire.transport == .httpSSE), "\(answer)")
        }
        throw Connection.NoAnswer(description: "the stream ended without a response after \(earlier)")
    }
}
