import JSON
import Testing

/// Bodies that are no message, or one that cannot be meant.
struct MessageTests {
    private static let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)

    /// Each body and the code of its refusal.
    static let bodies: [(body: String, code: Int)] = [
        ("", -32700), ("hello", -32700), (#"{"jsonrpc":"2.0","id":1,"#, -32700), ("\u{FEFF}", -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping"} trailing"#, -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"\ud83d"}}"#, -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"\udfff"}}"#, -32700),
        (#"{'jsonrpc':'2.0','id':1,'method':'ping'}"#, -32700),
        (#"{"jsonrpc":"2.0","id":01,"method":"ping"}"#, -32700),
        (#"{"jsonrpc":"2.0","id":NaN,"method":"ping"}"#, -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":"# + deep + "}", -32700),
        ("[]", -32600), ("{}", -32600), ("7", -32600), (#""ping""#, -32600), ("null", -32600), ("true", -32600),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600), (#"{"jsonrpc":"2.0","id":1,"method":null}"#, -32600),
        (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600), (#"{"id":1,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1}"#, -32600), (#"{"jsonrpc":"2.0","method":7}"#, -32600),
    ]

    @Test("are refused in a session, which goes on", arguments: Wire.sessions)
    func session(wire: Wire) async throws {
        let client = try await Client.open(wire)
        let connection = try await client.server.connect()
        for (body, code) in MessageTests.bodies {
            let answer = try await connection.send(.post(body, client.sessionHeaders))
            #expect(answer.status == 400 && answer.errorCode == code, "\(body.prefix(80)): \(answer)")
            #expect(answer.result == nil)
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("are refused without a session, and under the newest revision's header")
    func outside() async throws {
        for server in [try await Server.everything, try await Server.product] {
            for (body, code) in MessageTests.bodies {
                let bare = try await server.send(.post(body))
                // Whether a request that has no session is malformed as well is of no interest to its sender.
                #expect(bare.status == 400 && bare.result == nil, "\(body.prefix(80)): \(bare)")
                let modern = Request.post(body).with("MCP-Protocol-Version", "2026-07-28")
                let answer = try await server.send(modern)
                #expect(answer.status == 400 && answer.result == nil, "\(body.prefix(80)): \(answer)")
                if code == -32700 || body == "[]" || body.contains(#""id":null"#) {
                    #expect(bare.errorCode == code && answer.errorCode == code, "\(body.prefix(80)): \(answer)")
                }
            }
        }
    }

    @Test("an unreadable id is not echoed")
    func noIdentifier() async throws {
        let client = try await Client.open(.session)
        for body in ["hello", "[]", #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#] {
            let answer = try await client.server.send(.post(body, client.sessionHeaders))
            let id = answer.json?["id"]
            #expect(id == nil || id == .null, "\(answer)")
        }
    }

    @Test("bodies that are no UTF-8 are refused", arguments: [0xFF, 0xC0, 0x80, 0xF8] as [UInt8])
    func invalidUTF8(byte: UInt8) async throws {
        let client = try await Client.open(.session)
        let requests = [client.request(posting: RPC.request("ping")), ModernRequest("tools/list").request]
        for var request in requests {
            request.body = Array(#"{"jsonrpc":"2.0","id":1,"method":"ping","x":""#.utf8) + [byte] + Array(#""}"#.utf8)
            let answer = try await client.server.send(request)
            #expect(answer.status == 400 && answer.errorCode == -32700, "\(answer)")
        }
        #expect(try await client.request("ping").result == [:])
    }

    @Test("a response is no request of the newest revision")
    func modernResponse() async throws {
        let server = try await Server.everything
        for message in [RPC.response(), ["jsonrpc": "2.0", "id": 1, "error": ["code": -1, "message": "no"]]] {
            let request = Request.post(message.text).with("MCP-Protocol-Version", "2026-07-28")
            let answer = try await server.send(request)
            #expect(answer.status == 400 && answer.errorCode == -32600, "\(answer)")
        }
    }

    @Test("params that are no object are refused", arguments: [[1, 2], "text", 7, true] as [JSONValue])
    func params(params: JSONValue) async throws {
        let client = try await Client.open(.session)
        for method in ["tools/list", "tools/call", "prompts/get", "resources/read"] {
            let answer = try await client.post(RPC.request(method, params, id: 3))
            #expect([-32602, -32600].contains(answer.errorCode) && answer.result == nil, "\(method): \(answer)")
            var modern = ModernRequest(method).request
            modern.body = RPC.request(method, params, id: 3).serialized
            let refused = try await client.server.send(modern)
            #expect(refused.status == 400 && refused.result == nil, "\(method): \(refused)")
        }
    }

    @Test("null id with self-describing params is refused, absent id is a notification")
    func nullIdentifier() async throws {
        let server = try await Server.everything
        let null = try await server.send(ModernRequest("tools/list").id(.null).request)
        Refusal.invalidRequest.expect(null, id: nil)
        let absent = try await server.send(ModernRequest("tools/list").id(nil).request)
        #expect(absent.status == 202 && absent.body.isEmpty)
    }

    @Test("nesting inside arguments is bounded or served, but never harms", arguments: [60, 1000, 20_000])
    func nesting(depth: Int) async throws {
        let client = try await Client.open(.session)
        let value = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        let body =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"test_simple_text","arguments":"#
            + value + "}}"
        let answer = try await client.server.send(.post(body, client.sessionHeaders))
        #expect(answer.status == 400 || (answer.status == 200 && answer.reply != nil), "\(answer)")
        #expect(try await client.request("ping").result == [:])
    }

    @Test("text is handed through unharmed", arguments: Wire.all)
    func unicode(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for name in ["Zoë", "日本語", "👩‍👩‍👧‍👦", "a\u{0}b", "\u{2028}\u{2029}", "line\nbreak", #"q"u\o"#, "\u{FFFF}"] {
            let reply = try await client.call("greet", ["name": .string(name)])
            #expect(reply.text.contains(name), "\(reply)")
        }
    }
}
