import JSON
import Testing

/// Names and origins: the defence against DNS rebinding and foreign pages.
struct OriginTests {
    static let requests: [Request] = [
        .post(RPC.initialize("2025-11-25").text), ModernRequest("server/discover").request, .stream("/mcp"),
        Request(method: "DELETE"), .stream("/sse"), .post(RPC.request("ping").text, path: "/messages?sessionId=x"),
    ]

    @Test("a foreign name and origin get 403 on every path")
    func rebound() async throws {
        for server in [try await Server.everything, try await Server.product] {
            for request in OriginTests.requests {
                let both = request.with("Host", "evil.example.com").with("Origin", "http://evil.example.com")
                #expect(try await server.send(both).status == 403, "\(request.method) \(request.path)")
                let origin = request.with("Origin", "http://evil.example.com")
                #expect(try await server.send(origin).status == 403, "\(request.method) \(request.path)")
                let host = request.with("Host", "evil.example.com")
                #expect((400..<500).contains(try await server.send(host).status))
            }
        }
    }

    @Test(
        "names of this machine pass, with the port and without an origin or with one of their own",
        arguments: ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
    func loopback(name: String) async throws {
        for server in [try await Server.everything, try await Server.product] {
            let authority = "\(name):\(server.port)"
            for request in OriginTests.requests.prefix(2) {
                let named = request.with("Host", authority)
                #expect(try await server.send(named).status == 200)
                #expect(try await server.send(named.with("Origin", "http://\(authority)")).status == 200)
            }
        }
    }

    @Test(
        "what only looks like this machine does not pass",
        arguments: [
            "localhost.evil.example.com", "127.0.0.1.evil.example.com", "evil.example.com:80", "127.0.0.1@evil.test",
            "[::2]", "10.0.0.1", "",
        ])
    func lookalikes(name: String) async throws {
        let server = try await Server.everything
        for request in OriginTests.requests.prefix(2) {
            #expect((400..<500).contains(try await server.send(request.with("Host", name)).status))
            #expect(try await server.send(request.with("Origin", "http://" + name)).status == 403)
        }
        #expect(try await server.send(OriginTests.requests[0].with("Origin", "null")).status == 403)
    }

    @Test("a refusal for its origin comes before anything else is looked at")
    func precedence() async throws {
        let server = try await Server.everything
        for request in [
            Request.post("not JSON"), .post("[]"), ModernRequest("unknown/method").header("Mcp-Method", nil).request,
            .post(RPC.request("ping").text, [("Mcp-Session-Id", "unknown")]),
        ] {
            #expect(try await server.send(request.with("Origin", "http://evil.example.com")).status == 403)
        }
    }

    @Test("pages of this machine are told in advance what they may send")
    func preflight() async throws {
        for server in [try await Server.everything, try await Server.product] {
            let origin = "http://localhost:6274"
            let wanted = [
                "content-type", "accept", "authorization", "last-event-id", "mcp-session-id", "mcp-protocol-version",
                "mcp-method", "mcp-name", "mcp-param-region",
            ]
            let request = Request(
                method: "OPTIONS",
                headers: [
                    ("Origin", origin), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Headers", wanted.joined(separator: ",")),
                ])
            let answer = try await server.send(request)
            #expect([200, 204].contains(answer.status))
            #expect(answer.header("access-control-allow-origin") == origin)
            let methods = answer.header("access-control-allow-methods") ?? ""
            for method in ["GET", "POST", "DELETE"] { #expect(methods.contains(method)) }
            let allowed = (answer.header("access-control-allow-headers") ?? "").lowercased()
                .split(separator: ",").map { $0.filter { $0 != " " } }
            for name in wanted { #expect(allowed.contains(name), "\(name)") }

            let foreign = try await server.send(request.with("Origin", "http://evil.example.com"))
            #expect(foreign.status == 403 && foreign.header("access-control-allow-origin") == nil)
        }
    }

    @Test("so are pages that use the older transport", arguments: ["/sse", "/messages"])
    func preflightOfOlderTransport(path: String) async throws {
        let request = Request(
            method: "OPTIONS", path: path,
            headers: [("Origin", "http://localhost:6274"), ("Access-Control-Request-Method", "POST")])
        let answer = try await Server.everything.send(request)
        #expect([200, 204].contains(answer.status))
        #expect(answer.header("access-control-allow-origin") == "http://localhost:6274")
    }

    @Test("answers to pages show them the session")
    func exposed() async throws {
        let request = OriginTests.requests[0].with("Origin", "http://localhost:6274")
        let answer = try await Server.everything.send(request)
        #expect(answer.header("access-control-allow-origin") == "http://localhost:6274")
        let exposed = (answer.header("access-control-expose-headers") ?? "").lowercased()
        #expect(exposed.contains("mcp-session-id") && exposed.contains("www-authenticate"))
        #expect(answer.header("access-control-allow-credentials") == nil)
    }
}
