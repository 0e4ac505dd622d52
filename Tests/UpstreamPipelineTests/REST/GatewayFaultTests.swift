import JSON
import NIOCore
import Testing
import WireTestSupport

@testable import RESTGateway
@testable import UpstreamPipeline

/// What HTTP clients are told when the upstream misbehaves, on real sockets.
struct GatewayFaultTests {
    /// One way to misbehave, and what comes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let script: FaultyUpstream.Script
        let status: Int
        let error: String
        var testDescription: String { self.name }

        init(_ name: String, _ status: Int, _ error: String, _ steps: [FaultyUpstream.Step]) {
            (self.name, self.status, self.error) = (name, status, error)
            self.script = { _, _ in steps }
        }

        init(_ name: String, _ status: Int, _ steps: [FaultyUpstream.Step]) {
            self.init(name, status, "Bad Gateway", steps)
        }
    }

    static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    static let cases: [Case] = [
        Case("reset", 502, [.reset]),
        Case("closed without an answer", 502, [.close]),
        Case("reset in the head", 502, [.send("HTTP/1.1 200 OK\r\nContent-"), .reset]),
        Case("reset in the body", 502, [.send(head + "Content-Length: 100\r\n\r\n[1,"), .reset]),
        Case("no answer", 504, "Gateway Timeout", []),
        Case(
            "a byte now and then", 504, "Gateway Timeout",
            [.drip(head + "Content-Length: 4\r\n\r\n[1]\n", every: .milliseconds(200))]),
        Case("a body that ends too early", 502, [.send(head + "Content-Length: 100\r\n\r\n[1,2"), .close]),
        Case("a chunk that ends too early", 502, [.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n[1,"), .close]),
        Case("a length that is no number", 502, [.send(head + "Content-Length: x\r\n\r\n[]"), .close]),
        Case(
            "length and chunks that contradict each other", 502,
            [
                .send(head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .close,
            ]),
        Case(
            "broken gzip", 502,
            [
                .send(head + "Content-Encoding: gzip\r\nContent-Length: 10\r\n\r\nnot gzip!!")
            ]),
        Case("a page of HTML", 502, [FaultyUpstream.answer("200 OK", "<html>", type: "text/html")]),
        Case(
            "a page of HTML for a failure", 503, "Service Unavailable",
            [
                FaultyUpstream.answer("503 Service Unavailable", "<html>", type: "text/html")
            ]),
        Case("CSV in the place of JSON", 502, [FaultyUpstream.answer("200 OK", "a,b", type: "text/csv")]),
        Case("broken JSON", 502, [FaultyUpstream.answer("200 OK", "[1,")]),
        Case("a redirect", 502, [FaultyUpstream.answer("302 Found", "{}", headers: ["Location: http://x.test/"])]),
        Case("a 304 that nobody asked for", 502, [.send("HTTP/1.1 304 Not Modified\r\n\r\n")]),
        Case("no HTTP", 502, [.send("\u{0}\u{1} this is no HTTP\r\n\r\n"), .close]),
        Case(
            "too much of a head", 502,
            [
                .send(
                    head + String(repeating: "X-A: \(String(repeating: "a", count: 1000))\r\n", count: 100) + "\r\n[]")
            ]),
        Case(
            "429 without a word of when", 429, "Too Many Requests",
            [
                FaultyUpstream.answer("429 Too Many Requests", #"{"error":"Too Many Requests","message":"x"}"#)
            ]),
        Case(
            "500 in JSON", 500, "Internal Server Error",
            [
                FaultyUpstream.answer("500 Internal Server Error", #"{"error":"Internal Server Error","message":"x"}"#)
            ]),
    ]

    @Test("each misbehaviour has its status, and the next request is served", arguments: cases)
    func told(fault: Case) async throws {
        try await FaultyUpstream.run { request, number in
            request.requestLine.contains("/products")
                ? [FaultyUpstream.answer("200 OK", "[]")] : fault.script(request, number)
        } _: { upstream in
            try await GatewayBench.run(upstream: upstream.port) { pipeline, _ in
                (pipeline.totalTimeout, pipeline.callTimeout) = (.milliseconds(1500), .seconds(5))
                pipeline.queueTimeout = .seconds(3)
            } _: { bench in
                let token = GatewayBench.forged()
                #expect(try await bench.client.get("/api/v2/products", token: token).status == 200)
                let answer = try await bench.client.get("/api/v2/sales", token: token)
                #expect(answer.status == fault.status, "\(answer.status) \(answer.body)")
                #expect(answer.json?["error"]?.stringValue == fault.error)
                #expect(answer["cache-control"] == "no-store" && answer["ratelimit"] != nil)
                let next = try await bench.client.get("/api/v2/products", token: token)
                #expect(next.status == 200 && next["cache-status"]?.contains("hit") == true)
            }
        }
    }

    @Test("an answer before the answer is passed over")
    func interim() async throws {
        try await FaultyUpstream.run { _, _ in
            [.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), FaultyUpstream.answer("200 OK", "[7]")]
        } _: { upstream in
            try await GatewayBench.run(upstream: upstream.port) { bench in
                let answer = try await bench.client.get("/api/v2/products", token: GatewayBench.forged())
                #expect(answer.status == 200 && answer.body == "[7]" && answer["link"] == nil)
            }
        }
    }

    @Test("an answer over the limit is given up, whether it says so or not")
    func tooLarge() async throws {
        let body = "[\"" + String(repeating: "a", count: 200_000) + "\"]"
        for steps in [
            [FaultyUpstream.answer("200 OK", body)],
            [.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n30d44\r\n" + body + "\r\n0\r\n\r\n")],
        ] as [[FaultyUpstream.Step]] {
            try await FaultyUpstream.run { _, _ in
                steps
            } _: { upstream in
                try await GatewayBench.run(upstream: upstream.port) { pipeline, _ in
                    pipeline.maximumResponseBytes = 100_000
                } _: { bench in
                    let answer = try await bench.client.get("/api/v2/products", token: GatewayBench.forged())
                    #expect(answer.status == 502)
                }
            }
        }
    }

    @Test("an upstream that cannot be reached is a 502; after five the breaker answers 503 with the time to wait")
    func down() async throws {
        try await GatewayBench.run(upstream: 9) { bench in
            let token = GatewayBench.forged()
            for page in 1...5 {
                #expect(try await bench.client.get("/api/v2/sales?page=\(page)", token: token).status == 502)
            }
            let answer = try await bench.client.get("/api/v2/sales", token: token)
            #expect(answer.status == 503 && answer["retry-after"] == "1", "\(answer.head)")
        }
    }

    @Test("an older answer is given when there is no newer one, and says that it is old")
    func stale() async throws {
        try await FaultyUpstream.run { _, number in
            number == 1 ? [FaultyUpstream.answer("200 OK", "[1]", headers: ["ETag: W/\"1-a\""])] : [.reset]
        } _: { upstream in
            try await GatewayBench.run(upstream: upstream.port) { bench in
                let token = GatewayBench.forged()
                _ = try await bench.client.get("/api/v2/products", token: token)
                let answer = try await bench.client.get("/api/v2/products", token: token, ["Cache-Control: no-cache"])
                #expect(answer.status == 200 && answer.body == "[1]" && answer["etag"] == "W/\"1-a\"")
                #expect(answer["cache-status"]?.contains("hit; ttl=") == true)
                #expect(answer["cache-status"]?.hasSuffix("; detail=stale") == true && answer["age"] != nil)
                // A kept connection that dies is tried once more.
                #expect(upstream.requests.count >= 2)
                #expect(upstream.requests[1].header("if-none-match") == "W/\"1-a\"")
            }
        }
    }

    @Test("a 401 is believed only while the API has its database")
    func blind() async throws {
        try await FaultyUpstream.run { request, _ in
            request.requestLine.contains("/health/mongodb")
                ? [FaultyUpstream.answer("503 Service Unavailable", #"{"status":"disconnected","message":"no"}"#)]
                : [
                    FaultyUpstream.answer(
                        "401 Unauthorized", #"{"error":"Unauthorized","message":"Invalid token","statusCode":401}"#)
                ]
        } _: { upstream in
            try await GatewayBench.run(upstream: upstream.port) { bench in
                let answer = try await bench.client.get("/api/v2/products", token: GatewayBench.forged())
                #expect(answer.status == 503 && answer["retry-after"] == "5")
            }
        }
    }

    @Test("nothing of one client goes upstream with another's token, and no header of a client's but its own token")
    func ownToken() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer("200 OK", "[]", headers: ["Location: /x", "Set-Cookie: a=b", "X-Own: 1"])]
        } _: { upstream in
            try await GatewayBench.run(upstream: upstream.port) { bench in
                let tokens = (0..<3).map { GatewayBench.forged($0) }
                for token in tokens {
                    let answer = try await bench.client.get(
                        "/api/v2/products", token: token,
                        ["X-Forwarded-For: 6.6.6.6", "Cookie: a=b", "X-Evil: 1", "If-None-Match: \"z\""])
                    #expect(answer["location"] == "/x" && answer["x-own"] == "1" && answer["set-cookie"] == nil)
                }
                #expect(upstream.requests.map { $0.header("authorization") } == tokens.map { "Bearer \($0)" })
                for request in upstream.requests {
                    for name in ["x-forwarded-for", "cookie", "x-evil", "if-none-match"] {
                        #expect(request.header(name) == nil, "\(name)")
                    }
                }
            }
        }
    }
}
