import Foundation
import JSON
import TestSupport
import Testing

/// `serve` in front of upstreams that are down, lie or refuse.
struct UpstreamFaultTests {
    /// A sidecar in front of `upstream`, and a client with a session.
    private func serve(
        _ upstream: String, settings: String = "attempts = 1\n"
    ) async throws -> (RunningProgram, CurlClient) {
        let file = try TemporaryFile("[server]\nplain_http = true\nport = 0\n[upstream]\n\(settings)")
        let sidecar = try RunningProgram(
            Project.sidecar, arguments: ["serve", "--config", file.path],
            environment: ["API_URL": upstream, "LOG_LEVEL": "trace"])
        let port = try await sidecar.awaitOutput { _, log in
            log.split(separator: "\n").first { $0.contains("listening") }
                .flatMap { $0.firstMatch(of: /port["=:\s]+(\d+)/)?.1 }.map(String.init)
        }
        var client = CurlClient(url: "http://localhost:\(port)/mcp", certificate: "")
        #expect(try await client.initialize().status == 200)
        return (sidecar, client)
    }

    private let script = """
        import * as auth from "./tools/auth";
        import * as products from "./tools/products";
        await auth.login({ email: "a@b.test", password: "Passw0rd!word" });
        await products.getProducts();
        """

    @Test("an upstream that is down is named as the cause, with what to do")
    func down() async throws {
        let (sidecar, client) = try await self.serve("http://127.0.0.1:9")
        let result = try await client.run(self.script)
        #expect(result.isError && result.text.contains("reach"), "\(result.text)")
        #expect(try await client.run("1").isError == false)
        #expect(await sidecar.stop() == 0)
    }

    @Test(
        "answers that are no API answers are told as such",
        arguments: [("html", "text/html"), ("garbage", "upstream"), ("expired", "log in")])
    func faulty(mode: String, expected: String) async throws {
        let upstream = try await FaultyUpstream(mode)
        let (sidecar, client) = try await self.serve("http://127.0.0.1:\(upstream.port)")
        let result = try await client.run(self.script)
        #expect(result.isError && result.text.lowercased().contains(expected), "\(result.text)")
        #expect(!(result.text + sidecar.log).contains("Passw0rd!word"))
        #expect(!(result.text + sidecar.log).contains("eyJ"))
        #expect(try await client.run("1").isError == false)
        #expect(await sidecar.stop() == 0)
    }

    /// What an upstream does, and what a script and an HTTP client are told of it.
    struct Misbehaviour: Sendable, CustomTestStringConvertible {
        let mode: String
        let status: Int
        /// ``APIError.code`` in the script; nil where the answer comes through.
        let code: String?
        var retryAfter: Int?
        var route = "/products"
        var testDescription: String { self.mode }

        init(_ mode: String, _ status: Int, _ code: String?, retryAfter: Int? = nil, route: String = "/products") {
            (self.mode, self.status, self.code) = (mode, status, code)
            (self.retryAfter, self.route) = (retryAfter, route)
        }
    }

    static let misbehaviours = [
        Misbehaviour("reset", 502, "unreachable"), Misbehaviour("close", 502, "unreachable"),
        Misbehaviour("reset-in-head", 502, "badResponse"), Misbehaviour("reset-in-body", 502, "badResponse"),
        Misbehaviour("truncated", 502, "badResponse"), Misbehaviour("bad-length", 502, "badResponse"),
        Misbehaviour("length-and-chunks", 502, "badResponse"), Misbehaviour("hang", 504, "timedOut"),
        Misbehaviour("drip", 504, "timedOut"), Misbehaviour("garbage-gzip", 502, "badResponse"),
        Misbehaviour("gzip-bomb", 502, "responseTooLarge"), Misbehaviour("huge", 502, "responseTooLarge"),
        Misbehaviour("huge-in-chunks", 502, "responseTooLarge"), Misbehaviour("html", 502, "badResponse"),
        Misbehaviour("html-error", 503, "upstreamFailure"), Misbehaviour("not-http", 502, "badResponse"),
        Misbehaviour("csv-for-json", 502, "badResponse"), Misbehaviour("broken-json", 502, "badResponse"),
        Misbehaviour("json-as-csv", 400, "badRequest", route: "/reporting/sales/export"),
        Misbehaviour("redirect", 502, "badResponse"), Misbehaviour("header-bomb", 502, "responseTooLarge"),
        Misbehaviour("too-many", 429, "upstreamRateLimited", retryAfter: 7),
        Misbehaviour("too-many-silent", 429, "upstreamRateLimited"),
        Misbehaviour("unavailable", 503, "upstreamFailure"), Misbehaviour("flapping", 200, nil),
        Misbehaviour("interim", 200, nil),
    ]

    @Test("a script and an HTTP client are each told what the upstream did", arguments: misbehaviours)
    func misbehaviour(_ fault: Misbehaviour) async throws {
        let upstream = try await FaultyUpstream(fault.mode)
        let attempts = fault.mode == "flapping" ? 3 : 1
        let (sidecar, client) = try await self.serve(
            "http://127.0.0.1:\(upstream.port)",
            settings: "attempts = \(attempts)\ntotal_timeout_ms = 1200\nresponse_bytes = 1000000\n"
                + "[quota]\nqueue_timeout_ms = 5000\n")
        let result = try await client.run(
            """
            import * as auth from "./tools/auth";
            import { callAPI } from "bitetrack:api";
            await auth.login({ email: "a@b.test", password: "Passw0rd!word" });
            let told = { code: null };
            try { await callAPI("GET \(fault.route)", {}); } catch (error) {
              told = { name: error.name, status: error.status, code: error.code, retryAfter: error.retryAfter ?? null };
            }
            told;
            """)
        #expect(!result.isError, "\(result.text)")
        let told = try #require(result.structured?["value"])
        #expect(told["code"]?.stringValue == fault.code, "\(result.text)")
        if fault.code != nil {
            #expect(told["name"] == "APIError" && told["status"]?.intValue == fault.status, "\(told.text)")
            #expect(fault.retryAfter == nil || told["retryAfter"]?.intValue == fault.retryAfter)
        }
        guard fault.status != 429 else {
            // Nothing more is sent until the time is over, for whomever.
            #expect(await sidecar.stop() == 0)
            return
        }
        let login = try await client.request(
            ["--header", "Content-Type: application/json"], path: "/api/v2/auth/login",
            body: #"{"email":"a@b.test","password":"Passw0rd!word"}"#)
        let token = try #require(login.json?["token"]?.stringValue, "\(login.body)")
        let answer = try await client.request(
            ["--header", "Authorization: Bearer \(token)"], path: "/api/v2\(fault.route)")
        #expect(answer.status == fault.status, "\(answer.body)")
        if fault.code != nil {
            #expect(answer.json?["statusCode"]?.intValue == fault.status && answer.json?["error"] != nil)
        }
        #expect(await sidecar.stop() == 0)
        #expect(!sidecar.log.contains(token))
    }
}

/// The scripted upstream, a process of its own.
final class FaultyUpstream: Sendable {
    let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    init(_ mode: String) async throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        self.process = try ChildProcess(
            program: Project.python, arguments: [Project.client("faulty_upstream.py"), mode],
            environment: ProcessInfo.processInfo.environment, output: folder.path("out"), errors: folder.path("err"))
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            if let line = try? folder.read("out"), let port = Int(line.filter(\.isNumber)), line.hasSuffix("\n") {
                self.port = port
                return
            }
            guard ContinuousClock.now < deadline, self.process.isRunning else {
                self.process.send(SIGKILL)
                throw RunningProgram.NotReady(description: (try? folder.read("err")) ?? "")
            }
            await Pause.short()
        }
    }

    deinit { self.process.send(SIGKILL) }
}
