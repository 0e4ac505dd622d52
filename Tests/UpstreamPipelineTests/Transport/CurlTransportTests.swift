import NIOCore
import NIOPosix
import Testing
import TokenVault
import WireTestSupport

@testable import UpstreamPipeline

/// A transport to an upstream on loopback that ends with the test.
func withTransport<Result>(
    to origin: String, isolation: isolated (any Actor)? = #isolation,
    _ change: (inout PipelineConfiguration) -> Void = { _ in },
    _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    var configuration = PipelineConfiguration(origin: origin)
    configuration.totalTimeout = .seconds(20)
    change(&configuration)
    let transport = try CurlTransport(configuration: configuration)
    defer { transport.shutdown() }
    return try await body(transport)
}

@Suite(.timeLimit(.minutes(1)))
struct CurlTransportTests {
    private let get = TransportRequest(method: "GET", target: "/x?a=b")

    @Test("sends method, target, token and body, and nothing that was not asked for")
    func request() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer(headers: ["X-Seen: yes"])]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let response = try await transport.exchange(
                    TransportRequest(
                        method: "POST", target: "/api/v2/auth/login", token: Secret("abc.def"),
                        body: Secret(Array(#"{"a":1}"#.utf8))))
                #expect(response.status == 200 && response["x-seen"] == "yes")
                #expect(String(buffer: response.body) == "{}")
            }
            let request = try #require(upstream.requests.first)
            #expect(request.requestLine == "POST /api/v2/auth/login HTTP/1.1")
            #expect(request.body == #"{"a":1}"#)
            #expect(request.header("authorization") == "Bearer abc.def")
            #expect(request.header("content-type") == "application/json")
            #expect(request.header("content-length") == "7")
            #expect(request.header("user-agent") == "bitetrack-sidecar")
            #expect(request.header("accept-encoding") == "gzip, deflate")
            for name in ["expect", "transfer-encoding", "cookie", "upgrade"] { #expect(request.header(name) == nil) }
        }
    }

    @Test("a plain GET carries neither token nor body; an empty body is a body")
    func bare() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                _ = try await transport.exchange(self.get)
                _ = try await transport.exchange(
                    TransportRequest(method: "PATCH", target: "/y", body: Secret([])))
                _ = try await transport.exchange(TransportRequest(method: "DELETE", target: "/z"))
            }
            let requests = upstream.requests
            #expect(requests.map(\.requestLine) == ["GET /x?a=b HTTP/1.1", "PATCH /y HTTP/1.1", "DELETE /z HTTP/1.1"])
            #expect(requests[0].header("authorization") == nil && requests[0].header("content-type") == nil)
            #expect(requests[1].header("content-length") == "0")
        }
    }

    @Test("uses a connection again, and a new one for what must not be repeated")
    func reuse() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                for _ in 0..<3 { _ = try await transport.exchange(self.get) }
                _ = try await transport.exchange(TransportRequest(method: "POST", target: "/p", body: Secret([])))
            }
            #expect(upstream.requests.map(\.connection) == [1, 1, 1, 2])
        }
    }

    @Test("a kept connection that died costs a read nothing")
    func deadConnection() async throws {
        try await FaultyUpstream.run { _, number in
            number == 2 ? [.reset] : [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                _ = try await transport.exchange(self.get)
                let next = try await transport.exchange(self.get)
                #expect(next.status == 200)
            }
            #expect(upstream.requests.map(\.connection) == [1, 1, 2])
        }
    }

    @Test("a write whose connection dies is sent once")
    func deadWrite() async throws {
        try await FaultyUpstream.run { request, _ in
            request.requestLine.hasPrefix("POST") ? [.reset] : [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                _ = try await transport.exchange(self.get)
                let write = TransportRequest(method: "POST", target: "/p", body: Secret([1]))
                let error = await #expect(throws: PipelineError.self) { try await transport.exchange(write) }
                #expect(error?.code == .unreachable && error?.mayHaveArrived == true)
            }
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("decodes gzip and deflate")
    func decoding() async throws {
        let bodies = [("gzip", CompressedBodies.gzip), ("deflate", CompressedBodies.deflate)]
        try await FaultyUpstream.run { _, number in
            let (coding, body) = bodies[number - 1]
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
            return [.sendBytes(Array(head.utf8) + body)]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let gzip = try await transport.exchange(self.get)
                #expect(String(buffer: gzip.body) == #"{"gzip":true}"#)
                let deflate = try await transport.exchange(self.get)
                #expect(String(buffer: deflate.body) == #"{"deflate":true}"#)
            }
        }
    }

    @Test("gives the final answer after interim ones, chunks joined, trailers left out")
    func shapes() async throws {
        let chunked =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
            + "2\r\n{}\r\n1;x=y\r\n \r\n0\r\nX-Late: yes\r\n\r\n"
        try await FaultyUpstream.run { _, _ in
            [.send(chunked)]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let response = try await transport.exchange(self.get)
                #expect(response.status == 200 && String(buffer: response.body) == "{} ")
                #expect(response["x-late"] == nil)
            }
        }
    }

    @Test("does not follow redirects")
    func redirect() async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer("302 Found", "", headers: ["Location: http://127.0.0.1:1/"])]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let response = try await transport.exchange(self.get)
                #expect(response.status == 302)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("carries out many at once over few connections")
    func many() async throws {
        try await FaultyUpstream.run { request, _ in
            [FaultyUpstream.answer("200 OK", String(request.requestLine))]
        } _: { upstream in
            try await withTransport(to: upstream.origin) {
                $0.maximumConnections = 4
            } _: { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<200 {
                        group.addTask {
                            let target = "/n/\(number)"
                            let response = try await transport.exchange(
                                TransportRequest(method: "GET", target: target))
                            let expected = "GET \(target) HTTP/1.1"
                            #expect(String(buffer: response.body) == expected)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(upstream.requests.count == 200)
            #expect(Set(upstream.requests.map(\.connection)).count <= 4)
        }
    }

    @Test(
        "sends nothing that is not a request",
        arguments: [
            TransportRequest(method: "GET", target: "/a b"), TransportRequest(method: "get", target: "/a"),
            TransportRequest(method: "GET\r\nX: y", target: "/a"), TransportRequest(method: "", target: "/a"),
            TransportRequest(method: "GET", target: "/a", token: Secret("a\r\nX: y")),
            TransportRequest(method: "GET", target: "/a", token: Secret("")),
        ])
    func malformed(request: TransportRequest) async throws {
        try await FaultyUpstream.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let error = await #expect(throws: PipelineError.self) { try await transport.exchange(request) }
                #expect(error?.mayHaveArrived == false && error?.mayPass == false)
                // The handle that was refused serves the next request.
                let next = try await transport.exchange(self.get)
                #expect(next.status == 200)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("a cancelled exchange ends at once and leaves the others alone")
    func cancellation() async throws {
        try await FaultyUpstream.run { request, _ in
            request.requestLine.contains("/hang") ? [] : [FaultyUpstream.answer()]
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let hanging = Task {
                    try await transport.exchange(TransportRequest(method: "GET", target: "/hang"))
                }
                await upstream.received(1)
                hanging.cancel()
                let error = await #expect(throws: PipelineError.self) { try await hanging.value }
                #expect(error?.status == 499 && error?.mayPass == false)
                let next = try await transport.exchange(self.get)
                #expect(next.status == 200)
            }
        }
    }

    @Test("an exchange cancelled beforehand ends too")
    func cancelledBefore() async throws {
        try await FaultyUpstream.run { _, _ in
            []
        } _: { upstream in
            try await withTransport(to: upstream.origin) { transport in
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await transport.exchange(self.get)
                }
                let error = await #expect(throws: PipelineError.self) { try await task.value }
                #expect(error?.status == 499)
            }
        }
    }

    @Test("a shutdown ends what is under way and takes no more")
    func shutdown() async throws {
        try await FaultyUpstream.run { _, _ in
            []
        } _: { upstream in
            let transport = try CurlTransport(configuration: PipelineConfiguration(origin: upstream.origin))
            let hanging = Task { try await transport.exchange(self.get) }
            await upstream.received(1)
            transport.shutdown()
            transport.shutdown()
            for task in [hanging, Task { try await transport.exchange(self.get) }] {
                let error = await #expect(throws: PipelineError.self) { try await task.value }
                #expect(error?.message == "the gateway is shutting down")
            }
        }
    }

    @Test("does not start with an address or authority file that cannot be used")
    func configuration() {
        #expect(throws: TransportSetupError.self) {
            try CurlTransport(configuration: PipelineConfiguration(origin: "http://a/path"))
        }
        var configuration = PipelineConfiguration(origin: "https://localhost")
        configuration.authorityFile = "/nonexistent/authorities.pem"
        let error = #expect(throws: TransportSetupError.self) { try CurlTransport(configuration: configuration) }
        #expect(error?.description.contains("cannot be read") == true)
    }
}
