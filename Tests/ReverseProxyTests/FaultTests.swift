import HTTPServer
import NIOCore
import NIOPosix
import TestSupport
import Testing
import UpstreamPipeline
import WireTestSupport

/// What clients see of an origin that misbehaves, and the origin of clients that do.
struct FaultTests {
    private static let get = "GET /x HTTP/1.1\r\nHost: shop.test\r\n\r\n"
    private static let last = "GET /x HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n"

    /// Asks once, on a connection of its own, through a proxy to an origin that follows the script.
    private func ask(
        _ request: String = last, _ change: (inout ProxySetup) -> Void = { _ in },
        _ script: @escaping FaultyUpstream.Script
    ) async throws -> (answer: String, requests: Int) {
        try await FaultyUpstream.run(script) { origin in
            let answer = try await withProxy(to: origin.origin, change) { server in
                try await RawClient.exchange(port: server.port, request)
            }
            return (answer, origin.requests.count)
        }
    }

    private func expectRefusal(_ answer: String, _ status: Int, _ error: String) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(answer.contains("proxy-status: bitetrack-sidecar; error=\(error)\r\n"), "\(answer)")
        #expect(answer.contains("\"statusCode\":\(status)") && answer.contains("content-type: application/json\r\n"))
    }

    @Test("an origin that refuses connections is a bad gateway")
    func refused() async throws {
        let answer = try await withProxy(to: "http://127.0.0.1:1") { server in
            try await RawClient.exchange(port: server.port, Self.last)
        }
        self.expectRefusal(answer, 502, "connection_refused")
    }

    @Test(
        "an origin that breaks off before its head is whole is a bad gateway",
        arguments: [
            "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Ha",
        ], [FaultyUpstream.Step.close, .reset])
    func brokenHead(start: String, step: FaultyUpstream.Step) async throws {
        let answer = try await self.ask { _, _ in start.isEmpty ? [step] : [.send(start), step] }.answer
        #expect(answer.hasPrefix("HTTP/1.1 502 "), "\(answer)")
        #expect(answer.contains("proxy-status: bitetrack-sidecar; error="))
    }

    @Test(
        "a body that breaks off is cut off for the client too",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
        ], [FaultyUpstream.Step.close, .reset])
    func brokenBody(start: String, step: FaultyUpstream.Step) async throws {
        let answer = try await self.ask { _, _ in [.send(start), step] }.answer
        // What is known to be broken before the client has been told anything is an error that says so.
        guard !answer.hasPrefix("HTTP/1.1 502 ") else { return }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && !answer.hasSuffix("0\r\n\r\n"), "\(answer)")
    }

    @Test("an origin that says nothing, or drips its head, runs out of time", arguments: [true, false])
    func silent(drips: Bool) async throws {
        let answer = try await self.ask(Self.last, { $0.transport.firstByteTimeout = .milliseconds(300) }) { _, _ in
            drips ? [.drip("HTTP/1.1 200 OK and so on and on and on and on", every: .milliseconds(40))] : []
        }.answer
        self.expectRefusal(answer, 504, "http_response_timeout")
    }

    @Test("an origin that stops in the middle of a body is cut off in time")
    func stalled() async throws {
        let answer = try await self.ask(Self.last, { $0.transport.idleTimeout = .milliseconds(300) }) { _, _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
        }.answer
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.hasSuffix("hello"), "\(answer)")
    }

    @Test("a body that drips comes through as it drips")
    func dripping() async throws {
        let answer = try await self.ask(Self.last, { $0.transport.idleTimeout = .milliseconds(500) }) { _, _ in
            [
                .send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"),
                .drip("abcdefghijklmnopqrst", every: .milliseconds(30)),
            ]
        }.answer
        #expect(answer.hasSuffix("\r\n\r\nabcdefghijklmnopqrst"))
    }

    @Test(
        "an answer that is not sound HTTP is a bad gateway",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhello", "SSH-2.0-OpenSSH_9\r\n", "HTTP/1.1 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n folded: first\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\u{0}b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX y: b\r\nContent-Length: 0\r\n\r\n", "<html>not http</html>\r\n\r\n",
        ])
    func unsound(start: String) async throws {
        let answer = try await self.ask { _, _ in [.send(start), .close] }.answer
        self.expectRefusal(answer, 502, "http_protocol_error")
    }

    @Test(
        "an answer whose head is too large, or too long, is a bad gateway",
        arguments: [
            "X: " + String(repeating: "x", count: 100_000) + "\r\n", String(repeating: "X: y\r\n", count: 1000),
            "X: " + String(repeating: "x", count: 300_000) + "\r\n",
        ])
    func headerBomb(headers: String) async throws {
        let answer = try await self.ask { _, _ in [.send("HTTP/1.1 200 OK\r\n\(headers)\r\n"), .close] }.answer
        self.expectRefusal(answer, 502, "http_response_header_section_size")
    }

    @Test("chunks count more than a length beside them, and the client gets one of the two")
    func bothFramings() async throws {
        let answer = try await self.ask { _, _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
        }.answer
        #expect(answer.hasSuffix("\r\n\r\n5\r\nhello\r\n0\r\n\r\n") && !answer.lowercased().contains("content-length"))
    }

    @Test("more bytes than were announced do not reach the client, nor another one")
    func tooLong() async throws {
        try await FaultyUpstream.run { _, number in
            [
                .send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\(number)!HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
                )
            ]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let client = try await RawClient.connect(port: server.port)
                for number in 1...3 {
                    try await client.send(Self.get)
                    try await client.receive(until: "\(number)!")
                }
                #expect(!client.content.contains("evil"), "\(client.content)")
            }
            #expect(Set(origin.requests.map(\.connection)).count == 3)
        }
    }

    @Test("interim answers reach the client, but not those between two neighbours; a client of HTTP/1.0 gets none")
    func interim() async throws {
        let script: FaultyUpstream.Script = { _, _ in
            [
                .send("HTTP/1.1 100 Continue\r\n\r\n"),
                .send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n"),
                .send("HTTP/1.1 102 Processing\r\n\r\n"), FaultyUpstream.answer(),
            ]
        }
        let answer = try await self.ask { script($0, $1) }.answer
        #expect(
            answer.hasPrefix(
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n"),
            "\(answer)")
        #expect(!answer.contains("Continue") && !answer.contains("X-Hop") && answer.split(separator: "Link").count == 2)
        let old = try await self.ask("GET /x HTTP/1.0\r\nHost: shop.test\r\n\r\n") { script($0, $1) }.answer
        #expect(old.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(old)")
    }

    @Test(
        "an answer without a body has none, whatever the origin says",
        arguments: [
            ("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Not Modified"),
        ])
    func bodiless(method: String, status: String) async throws {
        let requests = "\(method) /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let (answer, count) = try await self.ask(requests) { _, number in
            number == 1
                ? [.send("HTTP/1.1 \(status)\r\nContent-Length: 12345\r\nETag: \"a\"\r\n\r\n")]
                : [FaultyUpstream.answer("200 OK", "last")]
        }
        #expect(count == 2 && answer.hasSuffix("\r\n\r\nlast") && answer.contains("ETag: \"a\""), "\(answer)")
        #expect(answer.contains("content-length: 12345") == (method == "HEAD"))
    }

    @Test(
        "errors of the origin pass as they are",
        arguments: [
            ("503 Service Unavailable", "text/html", "<h1>down</h1>", "Retry-After: 7"),
            ("429 Too Many Requests", "application/json", "{}", "RateLimit: \"p\";r=0;t=9"),
            ("429 Too Many Requests", "text/plain", "slow down", "X: y"), ("599 Odd", "text/plain", "odd", "X: y"),
        ])
    func errors(status: String, type: String, body: String, header: String) async throws {
        let (answer, count) = try await self.ask { _, _ in
            [FaultyUpstream.answer(status, body, type: type, headers: [header])]
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n") && answer.contains("\r\n\(header)\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n\(body)") && answer.contains("Content-Type: \(type)") && count == 1)
        #expect(!answer.contains("proxy-status"))
    }

    @Test("an origin that flaps is asked each time, and never twice for one request")
    func flapping() async throws {
        let requests = String(repeating: Self.get, count: 5) + Self.last
        let (answer, count) = try await self.ask(requests) { _, number in
            [FaultyUpstream.answer(number.isMultiple(of: 2) ? "200 OK" : "503 Service Unavailable")]
        }
        #expect(
            count == 6 && answer.ranges(of: "HTTP/1.1 200").count == 3 && answer.ranges(of: "HTTP/1.1 503").count == 3)
    }

    @Test("compressed answers pass as they are: garbage, bombs and all")
    func coded() async throws {
        for bytes in [CompressedBodies.gzip, CompressedBodies.bomb, Array("no gzip at all".utf8)] {
            try await FaultyUpstream.run { _, _ in
                [
                    .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bytes.count)\r\n\r\n"),
                    .sendBytes(bytes),
                ]
            } _: { origin in
                try await withProxy(to: origin.origin) { server in
                    let folder = try TemporaryFolder()
                    let result = try await Command.run(
                        "curl", ["-sS", "-D", "-", "-o", folder.path("body"), "http://127.0.0.1:\(server.port)/"])
                    #expect(result.output.contains("Content-Encoding: gzip") && result.status == 0)
                    #expect(try folder.bytes("body") == bytes)
                }
            }
        }
    }

    @Test("a connection that the origin has closed meanwhile costs a safe request nothing, and none is sent twice")
    func deadConnection() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer(), .close]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                let client = try await RawClient.connect(port: server.port)
                for number in 1...20 {
                    try await client.send(
                        number.isMultiple(of: 4)
                            ? "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab" : Self.get)
                    try await client.receive(until: "HTTP/1.1 200 OK", count: number)
                }
            }
            #expect(origin.requests.count == 20)
        }
    }

    @Test("a write that the origin drops is not repeated")
    func droppedWrite() async throws {
        let (answer, count) = try await self.ask(
            "POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab"
        ) { _, _ in [.close] }
        #expect(count == 1)
        self.expectRefusal(answer, 502, "connection_terminated")
    }

    @Test(
        "nothing reaches the origin of a request that is not sound",
        arguments: [
            "GET /%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ])
    func unsoundRequests(request: String) async throws {
        let (answer, count) = try await self.ask(request) { _, _ in [FaultyUpstream.answer()] }
        #expect(count == 0 && (answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 501 ")), "\(answer)")
    }

    @Test("encoded slashes, brackets and repeated keys arrive as they were sent")
    func verbatim() async throws {
        let target = "/a%2Fb/%C3%A9//c;d?x[$gt]=1&x[$gt]=2&y=%2B+%20&z"
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { origin in
            try await withProxy(to: origin.origin) { server in
                _ = try await RawClient.exchange(
                    port: server.port, "GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            }
            #expect(origin.requests.map { String($0.requestLine) } == ["GET \(target) HTTP/1.1"])
        }
    }
}
