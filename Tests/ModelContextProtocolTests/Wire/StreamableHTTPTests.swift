import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

/// Streamable HTTP as clients see it on the wire.
struct StreamableHTTPTests {
    @Test(
        "opens a session at the revision asked for, on both paths",
        arguments: [
            ("2024-11-05", "2024-11-05", "/mcp"), ("2025-03-26", "2025-03-26", "/"),
            ("2025-06-18", "2025-06-18", "/mcp/"),
            ("2025-11-25", "2025-11-25", "/mcp"), ("2026-07-28", "2025-11-25", "/mcp"), ("tomorrow", "2025-11-25", "/"),
        ])
    func initialize(requested: String, negotiated: String, path: String) async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(
                .POST, path, headers: MCPTestSession.postHeaders,
                body: MCPTestSession.initialize(requested, id: #""abc""#))
            #expect(response.status == 200)
            #expect(response.headers.first(name: "content-type") == "application/json")
            let answer = try JSONValue(parsing: response.body)
            #expect(answer["id"] == "abc")
            #expect(answer["result"]?["protocolVersion"]?.stringValue == negotiated)
            #expect(answer["result"]?["serverInfo"]?["name"] == "test-server")
            #expect(answer["result"]?["capabilities"] == ["tools": [:]])
            let id = try #require(response.headers.first(name: "mcp-session-id"))
            #expect(id.utf8.count == 32 && id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            #expect(server.mcp.sessionCount == 1)
        }
    }

    @Test("takes initialize with the version header, and forgets an old session's id on it")
    func initializeWithHeaders() async throws {
        try await TestServer.run { server in
            var headers = MCPTestSession.postHeaders
            headers.add(name: "mcp-protocol-version", value: "2025-11-25")
            headers.add(name: "mcp-session-id", value: "long-gone")
            let response = try await server.client.send(
                .POST, "/mcp", headers: headers, body: MCPTestSession.initialize("2025-11-25"))
            #expect(response.status == 200)
        }
    }

    @Test(
        "keeps no session for what is not a valid handshake",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, 200),
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#, 200),
            (#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":7}}"#, 200),
            (#"{"jsonrpc":"2.0","id":null,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#, 400),
            (#"{"jsonrpc":"2.0","method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#, 400),
            (#"[{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}]"#, 400),
        ])
    func invalidInitialize(body: String, status: Int) async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(
                .POST, "/mcp", headers: MCPTestSession.postHeaders, body: body)
            #expect(response.status == status)
            #expect(try JSONValue(parsing: response.body)["error"] != nil)
            #expect(!response.headers.contains(name: "mcp-session-id"))
            #expect(server.mcp.sessionCount == 0)
        }
    }

    @Test("answers requests of a session and echoes the id with its type")
    func requests() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            #expect(try await session.request("ping", id: #""2""#) == ["jsonrpc": "2.0", "id": "2", "result": [:]])
            let list = try await session.request("tools/list", id: "0")
            #expect(list["id"] == 0)
            #expect(
                list["result"]?["tools"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
                    == ["echo", "slow", "progress", "error", "structured"])
            #expect(try await session.request("resources/list")["error"]?["code"] == -32601)
            #expect(try await session.request("initialize", #"{"protocolVersion":"2025-11-25"}"#)["error"] == nil)
            let echo = try await session.request("tools/call", #"{"name":"echo","arguments":{"é":[1.50]}}"#)
            #expect(echo["result"] == ["content": [["type": "text", "text": #"{"é":[1.50]}"#]]])
            let error = try await session.request("tools/call", #"{"name":"error"}"#)
            #expect(error["result"]?["isError"] == true)
            let structured = try await session.request("tools/call", #"{"name":"structured"}"#)
            #expect(structured["result"]?["structuredContent"] == ["n": 1])
            #expect(try await session.request("tools/call", #"{"name":"nope"}"#)["error"]?["code"] == -32602)
        }
    }

    @Test("accepts notifications and responses with 202 and no body")
    func accepted() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            for body in [
                #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                #"{"jsonrpc":"2.0","method":"notifications/unheard-of","params":{"x":1}}"#,
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}"#,
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":null}}"#,
                #"{"jsonrpc":"2.0","id":5,"result":{}}"#,
                #"{"jsonrpc":"2.0","id":5,"error":{"code":-1,"message":"no"}}"#,
            ] {
                let response = try await session.post(body)
                #expect(response.status == 202)
                #expect(response.body == "")
            }
        }
    }

    @Test(
        "refuses what cannot be read, without harm to the session",
        arguments: [
            (#"{"jsonrpc":"2.0","id":1,"#, -32700), ("", -32700), ("hello", -32700), ("[]", -32600),
            (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600),
            (#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"x":"\udfff"}}"#, -32700),
            (
                #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":"# + String(repeating: "[", count: 200_000),
                -32700
            ),
        ])
    func unreadable(body: String, code: Int) async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let response = try await session.post(body)
            #expect(response.status == 400)
            let answer = try JSONValue(parsing: response.body)
            #expect(answer["id"] == nil)
            #expect(answer["error"]?["code"]?.intValue == code)
            #expect(try await session.request("ping")["result"] == [:])
        }
    }

    @Test("refuses bodies that are not UTF-8")
    func invalidUTF8() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let bytes = Array(#"{"jsonrpc":"2.0","id":1,"method":"ping","x":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
            let response = try await server.client.send(
                .POST, "/mcp", headers: session.headers, bytes: ByteBuffer(bytes: bytes))
            #expect(response.status == 400)
            #expect(try JSONValue(parsing: response.body)["error"]?["code"] == -32700)
        }
    }

    @Test("a request without a session gets 400, one of an unknown session 404")
    func sessionRules() async throws {
        try await TestServer.run { server in
            let ping = #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#
            let missing = try await server.client.send(
                .POST, "/mcp", headers: MCPTestSession.postHeaders, body: ping)
            #expect(missing.status == 400)
            #expect(try JSONValue(parsing: missing.body)["id"] == 7)
            let unknown = MCPTestSession(client: server.client, id: "unknown")
            #expect(try await unknown.post(ping).status == 404)
            #expect(try await unknown.post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).status == 404)
            #expect(try await unknown.post(#"{"jsonrpc":"2.0","id":1,"result":{}}"#).status == 404)
            let session = try await MCPTestSession.open(server.client)
            var twice = session.headers
            twice.add(name: "mcp-session-id", value: "another")
            #expect(try await session.post(ping, headers: twice).status == 400)
        }
    }

    @Test("a session exists only for the principal that opened it")
    func principal() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, headers: ["authorization": "Bearer alice"])
            let ping = #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#
            #expect(try await session.post(ping).status == 200)
            for headers in [HTTPHeaders(), ["authorization": "Bearer bob"]] {
                let thief = MCPTestSession(client: server.client, id: session.id, extraHeaders: headers)
                #expect(try await thief.post(ping).status == 404)
                #expect(try await server.client.send(.DELETE, "/mcp", headers: thief.headers).status == 404)
            }
            #expect(try await session.post(ping).status == 200)
        }
    }

    @Test("DELETE ends the session; its id is dead afterwards")
    func delete() async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client)
            let response = try await server.client.send(.DELETE, "/mcp", headers: session.headers)
            #expect(response.status == 204)
            await server.signals.wait("session ended")
            #expect(try await session.post(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#).status == 404)
            #expect(try await server.client.send(.DELETE, "/mcp", headers: session.headers).status == 404)
            #expect(try await server.client.send(.DELETE, "/mcp").status == 400)
            #expect(server.mcp.sessionCount == 0)
            #expect(server.signals.count("session ended") == 1)
        }
    }

    @Test(
        "checks MCP-Protocol-Version on every request",
        arguments: [
            ("2025-11-25", 200), ("2025-06-18", 200), (" 2025-03-26 ", 200), ("2024-11-05", 200), ("bogus", 400),
            ("2030-01-01", 400), ("", 400),
        ])
    func versionHeader(version: String, status: Int) async throws {
        try await TestServer.run { server in
            let session = try await MCPTestSession.open(server.client, version: "2025-06-18")
            var headers = session.headers
            headers.add(name: "mcp-protocol-version", value: version)
            let response = try await session.post(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, headers: headers)
            #expect(response.status == status)
            headers.replaceOrAdd(name: "accept", value: "application/json")
            #expect(try await server.client.send(.GET, "/mcp", headers: headers).status == 406)
            let end = try await server.client.send(.DELETE, "/mcp", headers: headers)
            #expect(end.status == (status == 200 ? 204 : 400))
        }
    }

    @Test(
        "refuses other media types",
        arguments: [
            (nil, 415), ("text/plain", 415), ("application/json; charset=utf-8", 200), ("APPLICATION/JSON", 200),
        ]
            as [(String?, Int)])
    func contentType(type: String?, status: Int) async throws {
        try await TestServer.run { server in
            var headers = MCPTestSession.postHeaders
            headers.remove(name: "content-type")
            if let type { headers.add(name: "content-type", value: type) }
            let response = try await server.client.send(
                .POST, "/mcp", headers: headers, body: MCPTestSession.initialize("2025-11-25"))
            #expect(response.status == status)
        }
    }

    @Test(
        "answers in a type the client takes",
        arguments: [
            (nil, 200, "application/json"), ("*/*", 200, "application/json"),
            ("application/json", 200, "application/json"), ("text/event-stream", 200, "text/event-stream"),
            ("text/html", 406, "application/json"),
        ] as [(String?, Int, String)])
    func accept(accept: String?, status: Int, type: String) async throws {
        try await TestServer.run { server in
            let headers: HTTPHeaders = ["content-type": "application/json"]
            let response = try await server.client.send(
                .POST, "/mcp", headers: accept.map { headers + ["accept": $0] } ?? headers,
                body: MCPTestSession.initialize("2025-11-25"))
            #expect(response.status == status)
            #expect(response.headers.first(name: "content-type") == type)
            #expect(response.headers.contains(name: "mcp-session-id") == (status == 200))
            if type == "text/event-stream" { #expect(response.body.contains(#""protocolVersion":"2025-11-25""#)) }
        }
    }

    @Test("answers other methods with 405 and what is allowed", arguments: [HTTPMethod.PUT, .PATCH, .HEAD])
    func otherMethods(method: HTTPMethod) async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(method, "/mcp")
            #expect(response.status == 405)
            #expect(response.headers.first(name: "allow") == "GET, POST, DELETE")
            let modern: HTTPHeaders = ["mcp-protocol-version": "2026-07-28"]
            let get = try await server.client.send(.GET, "/mcp", headers: modern)
            #expect(get.status == 405)
            #expect(get.headers.first(name: "allow") == "POST")
        }
    }

    @Test("answers a probe of 2026-07-28 without opening a session")
    func modern() async throws {
        try await TestServer.run { server in
            let body =
                #"{"jsonrpc":"2.0","id":"probe","method":"server/discover","params":{"_meta":{"#
                + #""io.modelcontextprotocol/protocolVersion":"2026-07-28","#
                + #""io.modelcontextprotocol/clientCapabilities":{}}}}"#
            var headers = MCPTestSession.postHeaders
            headers.add(name: "mcp-protocol-version", value: "2026-07-28")
            headers.add(name: "mcp-method", value: "server/discover")
            let response = try await server.client.send(.POST, "/mcp", headers: headers, body: body)
            #expect(response.status == 200)
            #expect(response.headers.first(name: "mcp-session-id") == nil)
            let answer = try JSONValue(parsing: response.body)
            #expect(answer["id"] == "probe")
            #expect(answer["result"]?["resultType"] == "complete")
            #expect(answer["result"]?["supportedVersions"] == ["2026-07-28"])
            #expect(server.mcp.sessionCount == 0)
        }
    }

    @Test("answers nothing at other paths")
    func otherPath() async throws {
        try await TestServer.run { server in
            let response = try await server.client.send(.GET, "/elsewhere")
            #expect(response.status == 404)
        }
    }
}

func + (left: HTTPHeaders, right: HTTPHeaders) -> HTTPHeaders {
    var sum = left
    sum.add(contentsOf: right)
    return sum
}
