import HTTPServer
import NIOCore
import NIOHTTP1
import Streaming
import Testing
import UpstreamPipeline

@testable import ReverseProxy

struct RequestTranslationTests {
    private func decide(
        _ method: HTTPMethod = .GET, _ path: String = "/", headers: HTTPHeaders = ["Host": "shop.test"],
        peer: String = "192.0.2.7", _ change: (inout ProxyConfiguration) -> Void = { _ in }
    ) -> RequestTranslation.Decision {
        var configuration = ProxyConfiguration(path: "/api", origin: "http://origin:80")
        change(&configuration)
        var connection = ConnectionInfo()
        connection.peerAddress = peer
        let request = HTTPRequest(method: method, path: path, headers: headers, connection: connection)
        return RequestTranslation(configuration: configuration).decide(request)
    }

    private func forwarded(_ decision: RequestTranslation.Decision) throws -> ProxyRequest {
        guard case .forward(let request) = decision else {
            Issue.record("not forwarded")
            throw ProxyRefusal(.badRequest, "not forwarded")
        }
        return request
    }

    private func status(_ decision: RequestTranslation.Decision) -> UInt? {
        if case .answer(let response) = decision { response.status.code } else { nil }
    }

    @Test("leaves out what ends at this hop, by name or because Connection says so")
    func hopByHop() throws {
        let request = try self.forwarded(
            self.decide(headers: [
                "Host": "shop.test", "Connection": "close, X-Secret", "connection": "x-other, host", "X-Secret": "1",
                "X-Other": "2", "Keep-Alive": "timeout=5", "Proxy-Connection": "keep-alive", "TE": "gzip",
                "Proxy-Authorization": "Basic x", "Upgrade": "h2c", "HTTP2-Settings": "x", "Proxy": "http://evil",
                "Expect": "100-continue", "Content-Length": "0", "X-Kept": "3",
            ]))
        let names = Set(request.headers.map { $0.name.lowercased() })
        #expect(
            names == [
                "x-kept", "via", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded",
                "content-length",
            ])
        #expect(!request.takesTrailers)
    }

    @Test("says where the request came from, and believes nobody else")
    func untrusted() throws {
        let request = try self.forwarded(
            self.decide(headers: [
                "Host": "shop.test:8443", "X-Forwarded-For": "1.1.1.1", "X_Forwarded_For": "1.1.1.1",
                "X-Real-IP": "1.1.1.1", "Forwarded": "for=1.1.1.1", "X-Forwarded-Host": "evil",
                "x-forwarded-proto": "https",
                "X-Forwarded-Port": "1", "Via": "1.0 before",
            ]))
        #expect(request.headers["x-forwarded-for"] == ["192.0.2.7"])
        #expect(request.headers["x-forwarded-host"] == ["shop.test:8443"])
        #expect(request.headers["x-forwarded-proto"] == ["http"])
        #expect(request.headers["forwarded"] == ["for=192.0.2.7;host=\"shop.test:8443\";proto=http"])
        #expect(request.headers["via"] == ["1.0 before, 1.1 bitetrack-sidecar"])
        #expect(!request.headers.contains { $0.value == "1.1.1.1" || $0.name.lowercased() == "x-forwarded-port" })
        #expect(!request.headers.contains { $0.name.contains("_") })
    }

    @Test("adds to what a trusted proxy says")
    func trusted() throws {
        let request = try self.forwarded(
            self.decide(
                headers: [
                    "Host": "inner", "X-Forwarded-For": "1.1.1.1", "X-Forwarded-Host": "shop.test",
                    "X-Forwarded-Proto": "https", "Forwarded": "for=1.1.1.1;proto=https", "X_Forwarded_For": "9.9.9.9",
                ], peer: "fd00::7"
            ) { $0.trustedProxies = [AddressRange("fd00::/8")].compactMap { $0 } })
        #expect(request.headers["x-forwarded-for"] == ["1.1.1.1, fd00::7"])
        #expect(request.headers["x-forwarded-host"] == ["shop.test"])
        #expect(request.headers["x-forwarded-proto"] == ["https"])
        #expect(request.headers["forwarded"] == ["for=1.1.1.1;proto=https, for=\"[fd00::7]\";host=inner;proto=http"])
        #expect(!request.headers.contains { $0.name.contains("_") })
    }

    @Test("takes the prefix off and names it; keeps the Host where it is told to")
    func rewriting() throws {
        let plain = try self.forwarded(self.decide(.GET, "/api/a%2Fb"))
        #expect(plain.originTarget == "/api/a%2Fb" && !plain.headers.contains(name: "host"))
        let stripped = try self.forwarded(self.decide(.GET, "/api/a%2Fb") { $0.stripsPrefix = true })
        #expect(stripped.originTarget == "/a%2Fb" && stripped.target == "/api/a%2Fb")
        #expect(stripped.headers["x-forwarded-prefix"] == ["/api"])
        let root = try self.forwarded(
            self.decide(.GET, "/api") {
                $0.stripsPrefix = true
                $0.preservesHost = true
            })
        #expect(root.originTarget == "/" && root.headers["host"] == ["shop.test"])
    }

    @Test("says of a method that expects a body that there is none")
    func emptyBodies() throws {
        for (method, headers, expected) in [
            (HTTPMethod.POST, [:], ["0"]), (.PUT, [:], ["0"]), (.GET, [:], []),
            (.DELETE, ["Content-Length": "0"], ["0"]),
        ] as [(HTTPMethod, HTTPHeaders, [String])] {
            #expect(try self.forwarded(self.decide(method, headers: headers)).headers["content-length"] == expected)
        }
    }

    @Test("joins cookies that HTTP/2 has split")
    func cookies() throws {
        let request = try self.forwarded(self.decide(headers: ["cookie": "a=1", "Cookie": "b=2"]))
        #expect(request.headers["cookie"] == ["a=1; b=2"])
    }

    @Test("counts down how far OPTIONS may go, and answers where it ends")
    func maxForwards() throws {
        guard case .answer(let response) = self.decide(.OPTIONS, headers: ["Max-Forwards": "0"]) else {
            Issue.record("passed on")
            return
        }
        #expect(response.status == .ok && response.headers.contains(name: "allow"))
        let next = try self.forwarded(self.decide(.OPTIONS, headers: ["Max-Forwards": "3"]))
        #expect(next.headers["max-forwards"] == ["2"])
        #expect(try self.forwarded(self.decide(headers: ["Max-Forwards": "0"])).headers["max-forwards"] == ["0"])
        #expect(self.status(self.decide(.TRACE, headers: ["Max-Forwards": "0"])) == 405)
    }

    @Test("refuses WebSockets, circles and bad targets, and says so")
    func refusals() {
        #expect(self.status(self.decide(headers: ["Upgrade": "WebSocket", "Connection": "Upgrade"])) == 501)
        let circle = Array(repeating: "1.1 bitetrack-sidecar", count: 5).joined(separator: ", ")
        #expect(self.status(self.decide(headers: ["Via": circle])) == 508)
        #expect(self.status(self.decide(.GET, "/api/%ff")) == 400)
        #expect(self.status(self.decide(.GET, "/api/a%2fb") { $0.encodedSlashes = .refuse }) == 400)
    }

    @Test("passes trailers to whoever takes them")
    func trailers() throws {
        let request = try self.forwarded(self.decide(headers: ["TE": "trailers, deflate;q=0.5"]))
        #expect(
            request.takesTrailers && request.headers["te"] == ["trailers"] && request.headers["connection"] == ["TE"])
    }

    @Test("an answer loses what ends at this hop and keeps the rest as it came")
    func answers() {
        let head = AnswerHead(
            status: 200, reason: "Fine",
            headers: [
                "Connection": "X-Gone, keep-alive", "X-Gone": "1", "Keep-Alive": "timeout=5", "Set-Cookie": "a",
                "set-cookie": "b", "Content-Encoding": "gzip", "Content-Length": "5", "Upgrade": "h2c",
                "Transfer-Encoding": "chunked",
            ], contentLength: 5)
        let result = AnswerTranslation.endToEnd(head)
        #expect(result.headers.map(\.name) == ["Set-Cookie", "set-cookie", "Content-Encoding", "Via"])
        #expect(throws: ProxyRefusal.self) {
            try AnswerTranslation.response(AnswerHead(status: 200, headers: ["X": "a\rb"]))
        }
    }
}
