import JSON
import Testing

/// The two endpoints of 2024-11-05.
struct HTTPSSETests {
    @Test("the endpoint comes first: a relative reference with a secret of its own")
    func endpoint() async throws {
        for server in [try await Server.everything, try await Server.product] {
            var seen: Set<String> = []
            for _ in 0..<5 {
                let stream = try await server.open(.stream("/sse"))
                #expect(stream.status == 200 && stream.isEventStream)
                #expect(stream.header("cache-control") == "no-cache")
                #expect(stream.header("x-accel-buffering") == "no")
                let first = try #require(try await stream.next())
                #expect(first.type == "endpoint")
                let endpoint = try #require(first.data)
                #expect(endpoint.hasPrefix("/messages?sessionId="))
                #expect(endpoint.utf8.count >= "/messages?sessionId=".utf8.count + 22)
                #expect(seen.insert(endpoint).inserted)
            }
        }
    }

    @Test(
        "what a proxy or a stranger says of the prefix never leads to another origin",
        arguments: [
            "/mcp", "//evil.example.com", "https://evil.example.com", "/\\evil.example.com", "evil.example.com", "/a b",
            "/a?b=c", "/a#b", "javascript:alert(1)",
        ])
    func forwardedPrefix(prefix: String) async throws {
        let stream = try await Server.everything.open(.stream("/sse", [("X-Forwarded-Prefix", prefix)]))
        let endpoint = try #require(try await stream.next()?.data)
        let isProper = endpoint.wholeMatch(of: /(\/[A-Za-z0-9._~-]+)*\/messages\?sessionId=[\x21-\x7E]+/) != nil
        #expect(isProper, "\(endpoint)")
    }

    @Test("messages are accepted at once and answered on the stream", arguments: Wire.sse)
    func accepted(wire: Wire) async throws {
        let client = try await Client.open(wire)
        for message in [RPC.request("ping", id: 77), RPC.notification("notifications/initialized"), RPC.response()] {
            let answer = try await client.post(message)
            #expect(answer.status == 202)
        }
        #expect(try await client.stream?.nextReply()?["id"] == 77)
        for id in ["text", 0] as [JSONValue] {
            #expect(try await client.request("tools/list", id: id).result?["tools"] != nil)
        }
    }

    @Test(
        "a session must be named and alive",
        arguments: [("/messages", 400), ("/messages?sessionId=", 400), ("/messages?sessionId=unknown", 404)])
    func session(path: String, status: Int) async throws {
        let answer = try await Server.everything.send(.post(RPC.request("ping").text, path: path))
        #expect(answer.status == status || (path.hasSuffix("=") && answer.status == 404))
    }

    @Test("another credential than the one that opened the stream sees no session")
    func principal() async throws {
        let server = try await Server.everything
        let alice = try await Client.open(Wire.sse[0], server, headers: [("Authorization", "Bearer alice")])
        let ping = alice.request(posting: RPC.request("ping", id: 5))
        for thief in [nil, "Bearer bob"] {
            #expect(try await server.send(ping.with("Authorization", thief)).status == 404)
        }
        #expect(try await alice.request("ping").result == [:])
    }

    @Test("what cannot be read is refused with 400", arguments: ["", "hello", #"{"jsonrpc":"2.0","#])
    func unreadable(body: String) async throws {
        let client = try await Client.open(Wire.sse[0])
        let answer = try await client.server.send(.post(body, path: client.endpoint))
        #expect(answer.status == 400)
        #expect(try await client.request("ping").result == [:])
    }

    @Test("other methods get 405; so does a POST to the stream, which makes newer clients try GET")
    func methods() async throws {
        let client = try await Client.open(Wire.sse[0])
        for method in ["GET", "DELETE", "PUT"] {
            #expect(try await client.server.send(Request(method: method, path: client.endpoint)).status == 405)
        }
        for server in [try await Server.everything, try await Server.product] {
            let post = try await server.send(.post(RPC.initialize("2025-11-25").text, path: "/sse"))
            #expect(post.status == 405 && post.header("allow")?.contains("GET") == true)
            #expect(try await server.send(Request(method: "DELETE", path: "/sse")).status == 405)
        }
    }

    @Test("the stream's end is the session's end")
    func close() async throws {
        let client = try await Client.open(Wire.sse[0])
        await client.stream?.close()
        let ping = client.request(posting: RPC.request("ping"))
        var status = 0
        for _ in 0..<200 where status != 404 { status = try await client.server.send(ping).status }
        #expect(status == 404)
    }

    @Test("a call that is at work when the stream ends is not waited for")
    func closeWhileWorking() async throws {
        let client = try await Client.open(Wire.sse[0])
        let call = RPC.request("tools/call", ["name": "slow_compute", "arguments": ["seconds": 30, "label": "x"]])
        #expect(try await client.post(call).status == 202)
        await client.stream?.close()
        var status = 0
        for _ in 0..<200 where status != 404 { status = try await client.post(RPC.request("ping", id: 2)).status }
        #expect(status == 404)
    }

    @Test("before initialize there are pings and nothing else")
    func beforeInitialize() async throws {
        let server = try await Server.everything
        let stream = try await server.open(.stream("/sse"))
        let endpoint = try #require(try await stream.next()?.data)
        #expect(try await server.send(.post(RPC.request("tools/list", id: 1).text, path: endpoint)).status == 202)
        let refused = try #require(try await stream.nextReply())
        #expect(refused["id"] == 1 && refused["error"] != nil)
        #expect(try await server.send(.post(RPC.initialize("2024-11-05", id: 2).text, path: endpoint)).status == 202)
        #expect(try await stream.nextReply()?["result"]?["protocolVersion"] == "2024-11-05")
    }

    @Test("a self-describing request is an error on the stream, after which a handshake still works")
    func probe() async throws {
        let server = try await Server.everything
        let stream = try await server.open(.stream("/sse"))
        let endpoint = try #require(try await stream.next()?.data)
        var request = ModernRequest("server/discover").request
        request.path = endpoint
        let answer = try await server.send(request)
        if answer.status == 202 {
            let message = try #require(try await stream.nextReply())
            #expect(message["error"] != nil && message["result"] == nil)
        } else {
            #expect((400..<500).contains(answer.status))
        }
        #expect(try await server.send(.post(RPC.initialize("2025-11-25", id: 2).text, path: endpoint)).status == 202)
        #expect(try await stream.nextReply()?["result"]?["protocolVersion"] == "2025-11-25")
    }

    @Test("arrays are no messages here")
    func batch() async throws {
        let client = try await Client.open(Wire.sse[0])
        let batch: JSONValue = [RPC.request("ping", id: 1), RPC.request("ping", id: 2)]
        let answer = try await client.post(batch)
        #expect(answer.status == 400)
        #expect(try await client.request("ping").result == [:])
    }
}
