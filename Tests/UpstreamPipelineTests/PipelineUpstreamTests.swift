import JSON
import Logging
import NIOCore
import Testing
import TokenVault
import WireTestSupport

@testable import UpstreamPipeline

/// The whole pipeline, with libcurl, against an upstream on a real socket.
@Suite(.timeLimit(.minutes(1)))
struct PipelineUpstreamTests {
    private func run<Result>(
        _ script: @escaping FaultyUpstream.Script, _ body: (Pipeline, FaultyUpstream) async throws -> Result
    ) async throws -> Result {
        try await FaultyUpstream.run(script) { upstream in
            var configuration = PipelineConfiguration(origin: upstream.origin)
            configuration.totalTimeout = .seconds(20)
            let transport = try CurlTransport(configuration: configuration)
            defer { transport.shutdown() }
            let pipeline = Pipeline(
                configuration: configuration, routes: Samples.routes, transport: transport,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                environment: ManualTime().environment)
            return try await body(pipeline, upstream)
        }
    }

    @Test("reads once, and again from memory")
    func read() async throws {
        try await self.run { _, _ in
            [FaultyUpstream.answer("200 OK", #"{"sales":[]}"#)]
        } _: { pipeline, upstream in
            let call = Samples.call("GET /sales", ["limit": "5", "settled": false])
            let first = try await pipeline.send(call)
            #expect(String(buffer: first.body) == #"{"sales":[]}"#)
            let second = try await pipeline.send(call)
            #expect(second.source == .cache(age: .zero))
            let requests = upstream.requests
            #expect(requests.count == 1)
            #expect(requests[0].requestLine == "GET /api/v2/sales?limit=5&settled=false HTTP/1.1")
            #expect(requests[0].header("authorization") == "Bearer secret-token")
        }
    }

    @Test("logs in with a body and without a token")
    func login() async throws {
        try await self.run { _, _ in
            [FaultyUpstream.answer("200 OK", #"{"token":"x"}"#)]
        } _: { pipeline, upstream in
            let arguments: JSONObject = ["email": "a@b.test", "password": "hunter2"]
            let reply = try await pipeline.send(Samples.call("POST /auth/login", arguments, token: nil))
            #expect(reply.status == 200)
            #expect(upstream.requests[0].body == #"{"email":"a@b.test","password":"hunter2"}"#)
            #expect(upstream.requests[0].header("authorization") == nil)
        }
    }

    @Test("outlives an upstream that flaps")
    func flapping() async throws {
        try await self.run { _, number in
            switch number {
            case 1: [FaultyUpstream.answer("503 Service Unavailable", "<h1>down</h1>", type: "text/html")]
            case 2: [.reset]
            default: [FaultyUpstream.answer()]
            }
        } _: { pipeline, upstream in
            let reply = try await pipeline.send(Samples.call())
            #expect(reply.status == 200)
            // libcurl repeats what died on a kept connection by itself.
            #expect(upstream.requests.count == 3)
        }
    }

    @Test("stays silent for as long as a 429 asks, whoever calls")
    func rateLimited() async throws {
        try await self.run { _, _ in
            [
                FaultyUpstream.answer(
                    "429 Too Many Requests", #"{"message":"Too many requests"}"#,
                    headers: ["Retry-After: 600", "X-RateLimit-Limit: 100", "X-RateLimit-Remaining: 0"])
            ]
        } _: { pipeline, upstream in
            for session in ["a", "b", "c"] {
                let error = await #expect(throws: PipelineError.self) {
                    try await pipeline.send(Samples.call(session: session))
                }
                #expect(error?.retryAfter == .seconds(600) && error?.status == 429)
            }
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("HTML in place of JSON is told as such, and the next call is served")
    func html() async throws {
        try await self.run { _, number in
            number == 1 ? [FaultyUpstream.answer("200 OK", "<html>", type: "text/html")] : [FaultyUpstream.answer()]
        } _: { pipeline, _ in
            let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
            #expect(error?.message == "the upstream answered 200 with text/html instead of JSON")
            let next = try await pipeline.send(Samples.call())
            #expect(next.source == .upstream)
        }
    }
}
