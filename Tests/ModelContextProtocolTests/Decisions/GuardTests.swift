import NIOHTTP1
import Testing

@testable import ModelContextProtocol

struct GuardTests {
    let requestGuard = RequestGuard(
        allowedHosts: ["Shop.example", "api.example:8443"], allowsAnyHost: false,
        allowedOrigins: ["https://app.example"])

    @Test(
        "answers to loopback names and the configured ones",
        arguments: [
            "localhost", "localhost:3001", "LOCALHOST:1", "127.0.0.1:8080", "127.8.9.1", "[::1]", "[::1]:3001",
            "shop.example", "SHOP.EXAMPLE:443", "api.example:8443",
        ])
    func goodHost(host: String) {
        #expect(self.requestGuard.check(host: .single(host), origin: .absent) == .allowed(origin: nil))
    }

    @Test(
        "answers to no other name",
        arguments: [
            "evil.example.com", "api.example", "api.example:1", "127.0.0.1.evil.com", "localhost.evil.com", "", ":80",
            "localhost:", "localhost:80:80", "localhost:x", "localhost:123456", "[::1", "[::2]", "127.0.0",
            "127.0.0.256",
            "user@localhost", "localhost/x", "evil.com#@localhost",
        ])
    func badHost(host: String) {
        #expect(Self.isRefused(self.requestGuard.check(host: .single(host), origin: .absent)))
    }

    @Test("refuses a missing or doubled Host")
    func oddHost() {
        #expect(Self.isRefused(self.requestGuard.check(host: .absent, origin: .absent)))
        #expect(Self.isRefused(self.requestGuard.check(host: .conflicting, origin: .absent)))
    }

    @Test("any host may be allowed; origins are checked all the same")
    func anyHost() {
        let open = RequestGuard(allowedHosts: [], allowsAnyHost: true, allowedOrigins: [])
        #expect(open.check(host: .single("evil.example.com"), origin: .absent) == .allowed(origin: nil))
        #expect(Self.isRefused(open.check(host: .single("x"), origin: .single("https://evil.example.com"))))
    }

    @Test(
        "lets loopback and configured origins in, and names them",
        arguments: [
            "http://localhost:5173", "https://127.0.0.1", "http://[::1]:3000", "https://app.example",
            "HTTPS://APP.example",
        ])
    func goodOrigin(origin: String) {
        let decision = self.requestGuard.check(host: .single("localhost"), origin: .single(origin))
        #expect(decision == .allowed(origin: origin))
    }

    @Test(
        "keeps every other origin out",
        arguments: [
            "null", "http://evil.example.com", "http://app.example", "https://app.example.evil.com", "file://", "",
            "localhost", "http://localhost.evil.com", "ftp://localhost", "https://app.example:8443",
        ])
    func badOrigin(origin: String) {
        #expect(Self.isRefused(self.requestGuard.check(host: .single("localhost"), origin: .single(origin))))
    }

    @Test("refuses two different origins")
    func twoOrigins() {
        #expect(Self.isRefused(self.requestGuard.check(host: .single("localhost"), origin: .conflicting)))
    }

    @Test("preflight allows the protocol's headers and the parameter headers asked for, nothing else")
    func preflight() throws {
        let headers = CrossOrigin(origin: "http://localhost:1").preflightHeaders(
            requested: ["content-type, Mcp-Param-Region,x-evil", "mcp-param-a b\u{7f}"])
        let allowed = try #require(headers.first(name: "access-control-allow-headers"))
        for name in [
            "content-type", "accept", "authorization", "last-event-id", "mcp-session-id", "mcp-protocol-version",
            "mcp-method", "mcp-name", "mcp-param-region",
        ] { #expect(allowed.contains(name)) }
        #expect(!allowed.contains("x-evil"))
        #expect(!allowed.contains("\u{7f}"))
        #expect(headers.first(name: "access-control-allow-origin") == "http://localhost:1")
        #expect(headers.first(name: "access-control-expose-headers")?.contains("Mcp-Session-Id") == true)
        #expect(headers.first(name: "access-control-allow-methods") == "GET, POST, DELETE")
    }

    @Test("without an origin there is nothing to tell a browser")
    func noOrigin() {
        let crossOrigin = CrossOrigin(origin: nil)
        #expect(crossOrigin.responseHeaders.isEmpty)
        #expect(!crossOrigin.preflightHeaders(requested: []).contains(name: "access-control-allow-origin"))
    }

    @Test("a header is single when all its copies agree")
    func headerField() {
        let headers: HTTPHeaders = ["a": " x ", "A": "x", "b": "1", "B": "2", "c": " \t"]
        #expect(HeaderField("a", in: headers) == .single("x"))
        #expect(HeaderField("b", in: headers) == .conflicting)
        #expect(HeaderField("c", in: headers) == .single(""))
        #expect(HeaderField("d", in: headers) == .absent)
    }

    @Test("a foreign page without an origin, such as one that shows a picture, is refused")
    func crossSite() {
        let open = RequestGuard(allowedHosts: [], allowsAnyHost: true, allowedOrigins: [])
        #expect(Self.isRefused(open.check(RequestFields(["sec-fetch-site": "cross-site"]))))
        #expect(open.check(RequestFields(["sec-fetch-site": "none"])) == .allowed(origin: nil))
    }

    @Test("finds the headers that matter in one pass, whatever their case")
    func fields() {
        let fields = RequestFields(
            HTTPHeaders([
                ("HOST", "h"), ("x-other", "x"), ("Mcp-Session-Id", " s "), ("accept", "a"), ("Accept", "b"),
                ("mcp-method", "m"), ("MCP-METHOD", "m"), ("Mcp-Name", "n"), ("mcp-protocol-version", "1"),
                ("mcp-protocol-version", "2"), ("last-event-id", ""), ("origim", "no"),
            ]))
        #expect(fields.host == .single("h") && fields.session == .single("s") && fields.accept == ["a", "b"])
        #expect(fields.method == .conflicting && fields.name == .single("n") && fields.version == .conflicting)
        #expect(fields.lastEventID == .single("") && fields.origin == .absent)
    }

    @Test(
        "reads Accept as the client means it",
        arguments: [
            (nil, true, true, false), ("application/json, text/event-stream", true, true, true),
            ("text/event-stream;q=0.9 , application/json;q=0", false, true, true), ("*/*", true, true, false),
            ("application/*", true, false, false), ("TEXT/*", false, true, true), ("text/html", false, false, false),
            ("", false, false, false),
        ] as [(String?, Bool, Bool, Bool)])
    func accept(header: String?, json: Bool, stream: Bool, named: Bool) {
        let accept = AcceptHeader(header.map { [$0] } ?? [])
        #expect(accept.allowsJSON == json)
        #expect(accept.allowsEventStream == stream)
        #expect(accept.namesEventStream == named)
    }

    static func isRefused(_ decision: RequestGuard.Decision) -> Bool {
        if case .refused = decision { true } else { false }
    }
}

extension RequestGuard {
    /// Checks a request with these two headers.
    fileprivate func check(host: HeaderField, origin: HeaderField) -> Decision {
        var headers = HTTPHeaders()
        for (name, field) in [("host", host), ("origin", origin)] {
            switch field {
            case .absent: break
            case .single(let value): headers.add(name: name, value: value)
            case .conflicting: headers.add(contentsOf: [(name, "localhost"), (name, "evil.example.com")])
            }
        }
        return self.check(RequestFields(headers))
    }
}
