import JSON
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

/// HTTP+SSE of 2024-11-05 as clients see it on the wire.
struct HTTPSSETests {
    /// One open stream and where to post.
    struct Connection {
        let client: HTTPClient
        var events: EventReader
        let endpoint: String
        static let json: HTTPHeaders = ["content-type": "application/json"]

        static func open(_ client: HTTPClient, headers: HTTPHeaders = [:]) async throws -> Connection {
            let stream = try await client.open(
                .GET, "/sse", headers: ["accept": "text/event-stream"] + headers)
            try #require(stream.status == 200)
            #expect(stream.headers.first(name: "content-type") == "text/event-stream")
            #expect(stream.headers.first(name: "cache-control") == "no-cache")
            #expect(stream.headers.first(name: "x-accel-buffering") == "no")
            var events = EventReader(stream)
            let first = try #require(await events.next())
            #expect(first.event == "endpoint")
            return Connection(client: client, events: events, endpoint: first.data)
        }

        func post(_ body: String, headers: HTTPHeaders = json) async throws -> HTTPClient.Response {
            try await self.client.send(.POST, self.endpoint, headers: headers, body: body)
        }

        mutating func request(_ method: String, _ params: String = "{}", id: String = "1") async throws -> JSONValue {
            let response = try await self.post(
                #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
            try #require(response.status == 202)
            #expect(response.body == "Accepted")
            return try #require(await self.events.next()?.json)
        }

        mutating func initialize(_ version: String = "2024-11-05") async throws -> JSONValue {
            try await self.request(
                "initialize", #"{"protocolVersion":"\#(version)","capabilities":{},"clientInfo":{"name":"t"}}"#)
        }
    }

    @Test("names the endpoint first, answers on the stream", arguments: ["2024-11-05", "2025-06-18", "2025-11-25"])
    func conversation(version: String) async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            #expect(connection.endpoint.hasPrefix("/messages?sessionId="))
            let handshake = try await connection.initialize(version)
            #expect(handshake["result"]?["protocolVersion"]?.stringValue == version)
            let initialized = try await connection.post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            #expect(initialized.status == 202)
            let list = try await connection.request("tools/list", id: #""l""#)
            #expect(list["id"] == "l")
            let tools = try #require(list["result"]?["tools"]?.arrayValue)
            #expect(tools.contains { $0["annotations"] != nil } == (version != "2024-11-05"))
            let echo = try await connection.request("tools/call", #"{"name":"echo","arguments":{"a":1}}"#, id: "3")
            #expect(echo["result"]?["content"] == [["type": "text", "text": #"{"a":1}"#]])
            #expect(try await connection.request("nope", id: "4")["error"]?["code"] == -32601)
            let again = try await connection.request("initialize", #"{"protocolVersion":"2024-11-05"}"#, id: "5")
            #expect(again["error"]?["code"] == -32600)
        }
    }

    @Test("progress comes on the stream before the answer")
    func progress() async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            _ = try await connection.initialize()
            let first = try await connection.request(
                "tools/call", #"{"name":"progress","_meta":{"progressToken":"t"}}"#, id: "2")
            #expect(first["params"] == ["progressToken": "t", "progress": 1, "total": 3])
            #expect(await connection.events.next()?.json?["params"]?["progress"] == 2)
            #expect(await connection.events.next()?.json?["params"]?["progress"] == 3)
            #expect(await connection.events.next()?.json?["id"] == 2)
        }
    }

    @Test("before initialize only ping is answered, and a bad handshake may be repeated")
    func beforeInitialize() async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            #expect(try await connection.request("ping")["result"] == [:])
            #expect(try await connection.request("tools/list")["error"]?["code"] == -32600)
            #expect(try await connection.request("initialize", "{}")["error"]?["code"] == -32602)
            #expect(try await connection.initialize()["result"] != nil)
        }
    }

    @Test("a self-describing probe is refused on the stream, so that clients fall back")
    func probe() async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            let meta = #"{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}"#
            #expect(try await connection.request("server/discover", meta)["error"]?["code"] == -32600)
            #expect(try await connection.initialize("2025-11-25")["result"] != nil)
        }
    }

    @Test("a cancelled call is stopped and not answered")
    func cancel() async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            _ = try await connection.initialize()
            _ = try await connection.post(
                #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"slow"}}"#)
            await server.signals.wait("slow started")
            _ = try await connection.post(
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}}"#)
            await server.signals.wait("slow stopped")
            #expect(server.signals.count("slow cancelled") == 1)
            #expect(try await connection.request("ping", id: "10")["id"] == 10)
        }
    }

    @Test("closing the stream ends the session and cancels its calls")
    func close() async throws {
        try await TestServer.run { server in
            var connection = try await Connection.open(server.client)
            _ = try await connection.initialize()
            _ = try await connection.post(
                #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"slow"}}"#)
            await server.signals.wait("slow started")
            connection.events.stream.close()
            await server.signals.wait("slow cancelled")
            await server.signals.wait("session ended")
            #expect(server.mcp.sessionCount == 0)
            #expect(try await connection.post(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).status == 404)
        }
    }

    @Test(
        "says what is wrong with a message at once",
        arguments: [
            ("{", 400), ("[]", 400), (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, 400), ("5", 400),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"\ud800"}}"#, 400),
            (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, 202),
        ])
    func badMessages(body: String, status: Int) async throws {
        try await TestServer.run { server in
            let connection = try await Connection.open(server.client)
            #expect(try await connection.post(body).status == status)
        }
    }

    @Test("tells a missing, an unknown and a foreign session apart")
    func sessionRules() async throws {
        try await TestServer.run { server in
            let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
            let client = server.client
            let json = Connection.json
            #expect(try await client.send(.POST, "/messages", headers: json, body: ping).status == 400)
            let unknown = try await client.send(.POST, "/messages?sessionId=x", headers: json, body: ping)
            #expect(unknown.status == 404)
            let connection = try await Connection.open(client, headers: ["authorization": "Bearer alice"])
            #expect(try await connection.post(ping).status == 404)
            #expect(try await connection.post(ping, headers: json + ["authorization": "Bearer alice"]).status == 202)
            #expect(try await connection.post(ping, headers: ["content-type": "text/plain"]).status == 415)
            // Sessions of one transport do not exist on the other.
            let streamable = try await MCPTestSession.open(client)
            let crossed = try await client.send(
                .POST, "/messages?sessionId=\(streamable.id)", headers: json, body: ping)
            #expect(crossed.status == 404)
            let name = try #require(connection.endpoint.split(separator: "=").last)
            let back = MCPTestSession(
                client: client, id: String(name), extraHeaders: ["authorization": "Bearer alice"])
            #expect(try await back.post(ping).status == 404)
        }
    }

    @Test(
        "answers other methods with 405, so that clients which probe by POST try GET",
        arguments: [(HTTPMethod.POST, "/sse", "GET"), (.DELETE, "/sse", "GET"), (.GET, "/messages", "POST")])
    func methods(method: HTTPMethod, path: String, allow: String) async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(method, path, headers: Connection.json, body: "{}")
            #expect(response.status == 405)
            #expect(response.headers.first(name: "allow") == allow)
        }
    }

    @Test("refuses a client that takes no event stream")
    func accept() async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(.GET, "/sse", headers: ["accept": "application/json"])
            #expect(response.status == 406)
            #expect(server.mcp.sessionCount == 0)
        }
    }

    @Test(
        "the endpoint carries a proxy's prefix",
        arguments: [("/mcp", "/mcp/messages?"), ("/mcp/", "/mcp/messages?"), ("//evil.example", "/messages?")])
    func prefix(header: String, expected: String) async throws {
        try await TestServer.run { server in
            let connection = try await Connection.open(server.client, headers: ["x-forwarded-prefix": header])
            #expect(connection.endpoint.hasPrefix(expected))
        }
    }
}
