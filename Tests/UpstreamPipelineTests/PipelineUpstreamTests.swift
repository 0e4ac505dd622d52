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

    @Test(
        "what the route table refuses never reaches the upstream",
        arguments: [
            ("GET /sales/{id}", ["id": "x"]), ("GET /sales/{id}", ["id": "64b0000000000000000000a1%2F.."]),
            ("GET /sales/{id}", ["id": "../auth/login"]), ("GET /sales/{id}", ["id": "\u{FFFD}"]),
            ("GET /sales/{id}", ["id": "0x000000000000000000000a"]), ("GET /sales/{id}", ["id": ["64b0"]]),
            ("GET /sales", ["customerId": "64b"]), ("GET /sales", ["customerId[$ne]": "x"]),
            ("GET /sales", ["customerId": ["$ne": "x"]]), ("GET /sales", ["limit": 0]),
            ("GET /sales", ["limit": "NaN"]),
            ("GET /sales", ["limit": "1e3"]), ("GET /sales", ["page": "10abc"]),
            ("GET /sales", ["dateField": "settled"]),
            ("GET /sales", ["dateField": ""]), ("GET /sales", ["startDate": "2025-02-30"]),
            ("GET /sales", ["startDate": ["2025-01-01", "2025-01-02"]]), ("GET /sales", ["note": "a\u{0}b"]),
        ] as [(String, JSONObject)])
    func neverSent(route: String, arguments: JSONObject) async throws {
        try await self.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { pipeline, upstream in
            let error = await #expect(throws: PipelineError.self) {
                try await pipeline.send(Samples.call(route, arguments))
            }
            #expect(error?.code == .invalidArguments && error?.status == 400 && error?.origin == .caller)
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("a value that only looks like more than one is sent as one")
    func oneValue() async throws {
        try await self.run { _, _ in
            [FaultyUpstream.answer()]
        } _: { pipeline, upstream in
            _ = try await pipeline.send(Samples.call("GET /sales", ["note": "a&note=b/é"]))
            #expect(upstream.requests[0].requestLine == "GET /api/v2/sales?note=a%26note%3Db%2F%C3%A9 HTTP/1.1")
        }
    }

    @Test(
        "faults that look like answers are told apart, and the next call is served",
        arguments: [
            (
                "both length and chunked, and they disagree",
                [
                    .send(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                    .close,
                ], nil
            ),
            ("CSV in place of JSON", [FaultyUpstream.answer("200 OK", "a,b", type: "text/csv")], .badResponse),
            ("broken JSON", [FaultyUpstream.answer("200 OK", "{\"a\":")], .badResponse),
            (
                "an error labelled CSV",
                [FaultyUpstream.answer("400 Bad Request", #"{"message":"Invalid format"}"#, type: "text/csv")],
                .badRequest
            ),
            ("an error page", [FaultyUpstream.answer("500 Oops", "<h1>x</h1>", type: "text/html")], .upstreamFailure),
            ("an unusable status", [FaultyUpstream.answer("302 Found", "", headers: ["Location: /x"])], .badResponse),
        ] as [(String, [FaultyUpstream.Step], PipelineError.Code?)])
    func disguised(name: String, steps: [FaultyUpstream.Step], code: PipelineError.Code?) async throws {
        try await self.run { _, number in
            number == 1 ? steps : [FaultyUpstream.answer()]
        } _: { pipeline, _ in
            if let code {
                let error = await #expect(throws: PipelineError.self) { try await pipeline.send(Samples.call()) }
                #expect(error?.code == code)
            } else {
                // RFC 9112 section 6.3: the chunks count, and the length is nothing but suspicious.
                #expect(try await String(buffer: pipeline.send(Samples.call()).body) == "{}")
            }
            let next = try await pipeline.send(Samples.call("GET /sales", ["page": 2]))
            #expect(next.source == .upstream)
        }
    }

    @Test("an upstream that answers 503 for long is asked little, and served from again once it is back")
    func outage() async throws {
        let time = ManualTime()
        try await FaultyUpstream.run { _, number in
            number <= 8
                ? [FaultyUpstream.answer("503 Service Unavailable", #"{"message":"Busy"}"#)]
                : [FaultyUpstream.answer()]
        } _: { upstream in
            let configuration = PipelineConfiguration(origin: upstream.origin)
            let transport = try CurlTransport(configuration: configuration)
            defer { transport.shutdown() }
            let pipeline = Pipeline(
                configuration: configuration, routes: Samples.routes, transport: transport,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, environment: time.environment)
            var refused = 0
            for page in 1...100 {
                do throws(PipelineError) {
                    _ = try await pipeline.send(Samples.call("GET /sales", ["page": .init(page)]))
                } catch { refused += error.code == .upstreamDown ? 1 : 0 }
            }
            #expect(upstream.requests.count == 5 && refused >= 95)
            for _ in 0..<4 {
                time.advance(by: .seconds(60))
                _ = try? await pipeline.send(Samples.call())
            }
            #expect(try await pipeline.send(Samples.call()).status == 200)
            #expect(upstream.requests.count == 9)
        }
    }
}
