import NIOCore
import Testing

@testable import UpstreamPipeline

struct UpstreamAnswerTests {
    private func judge(_ response: TransportResponse, _ route: Route = Samples.sales) throws -> ResponseCache.Answer {
        try UpstreamAnswer(response: response, route: route, epoch: 1_700_000_000).accepted()
    }
    private func error(_ response: TransportResponse, _ route: Route = Samples.sales) throws -> PipelineError {
        try #require(throws: PipelineError.self) { try self.judge(response, route) }
    }

    @Test(
        "takes JSON where JSON is expected",
        arguments: ["application/json", "Application/JSON ; charset=utf-8", "application/problem+json"])
    func json(type: String) throws {
        let answer = try self.judge(Samples.response(200, #"{"a":[1]}"#, type: type))
        #expect(String(buffer: answer.body) == #"{"a":[1]}"#)
    }

    @Test("takes an empty 204, and text where text is expected")
    func others() throws {
        #expect(try self.judge(Samples.response(204, "", type: nil)).status == 204)
        #expect(
            try self.judge(Samples.response(200, "a,b\n", type: "text/csv"), Samples.export).contentType == "text/csv")
    }

    @Test(
        "says what came instead",
        arguments: [
            (200, "<html>", "text/html", "the upstream answered 200 with text/html instead of JSON"),
            (200, "{}", nil, "the upstream answered 200 with no content type instead of JSON"),
            (200, "{\"a\":", "application/json", "the upstream answered 200 with broken JSON"),
            (200, "", "application/json", "the upstream answered 200 with broken JSON"),
            (201, "{} x", "application/json", "the upstream answered 201 with broken JSON"),
            (302, "", "text/html", "the upstream answered with a redirect (302), which is not followed"),
            (304, "", nil, "the upstream answered with a redirect (304), which is not followed"),
            (101, "", nil, "the upstream answered with the unusable status 101"),
            (999, "", nil, "the upstream answered with the unusable status 999"),
        ] as [(Int, String, String?, String)])
    func bad(status: Int, body: String, type: String?, message: String) throws {
        let error = try self.error(Samples.response(status, body, type: type))
        #expect(error.code == .badResponse && error.status == 502 && error.origin == .upstream)
        #expect(error.message == message)
    }

    @Test("a text route takes no HTML and no JSON", arguments: ["text/html", "application/json"])
    func text(type: String) throws {
        #expect(try self.error(Samples.response(200, "x", type: type), Samples.export).code == .badResponse)
    }

    @Test(
        "gives each status its code",
        arguments: [
            (400, .badRequest), (401, .unauthorized), (403, .forbidden), (404, .notFound), (409, .conflict),
            (413, .badRequest), (422, .unprocessable), (429, .upstreamRateLimited), (500, .upstreamFailure),
            (503, .upstreamFailure),
        ] as [(Int, PipelineError.Code)])
    func codes(status: Int, code: PipelineError.Code) throws {
        let error = try self.error(Samples.response(status, #"{"error":"E","message":"Words"}"#))
        #expect(error.code == code && error.origin == .upstream && error.status == status)
        #expect(error.message.contains("Words"))
    }

    @Test(
        "a proxy's page keeps its status and says that it is no JSON",
        arguments: [(502, PipelineError.Code.upstreamFailure), (404, .notFound), (403, .forbidden), (400, .badRequest)])
    func html(status: Int, code: PipelineError.Code) throws {
        let error = try self.error(Samples.response(status, "<h1>Bad Gateway</h1>", type: "text/html"))
        #expect(error.message == "the upstream answered \(status) with text/html instead of JSON")
        #expect(error.code == code && error.status == status)
    }

    @Test("an error without an explanation says so")
    func unexplained() throws {
        #expect(
            try self.error(Samples.response(500, "oops")).message == "the upstream answered 500 without an explanation")
        #expect(try self.error(Samples.response(401, "", type: nil)).code == .unauthorized)
        #expect(try self.error(Samples.response(429, "<b>", type: "text/html")).code == .upstreamRateLimited)
    }

    @Test("tells the fields that are wrong, in both spellings, and drops what leaks")
    func details() throws {
        let body = """
            {"error":"Validation Error","message":"Invalid input data","statusCode":409,"stack":"at /srv/app.js",
            "details":[{"field":"email","message":"already used",
            "existingCustomer":{"name":"Jane Roe","phoneNumber":"555"}},
            {"type":"field","value":"hunter2","msg":"too short","path":"password","location":"body"},{"x":1},"y"]}
            """
        let error = try self.error(Samples.response(409, body))
        #expect(error.message == "Invalid input data: email: already used; password: too short")
        for leak in ["Jane", "555", "hunter2", "srv"] { #expect(!"\(error)".contains(leak)) }
    }

    @Test("texts come in one line of bounded length")
    func bounded() throws {
        let body = #"{"message":"a\r\nb\u0000"# + String(repeating: "x", count: 5000) + #""}"#
        let message = try self.error(Samples.response(400, body)).message
        #expect(message.hasPrefix("a  b x") && message.count <= 300)
    }

    @Test("a refused token asks for a new login; a refused login does not")
    func unauthorized() throws {
        let token = try self.error(Samples.response(401, #"{"message":"Invalid token"}"#))
        #expect(token.message == "the upstream refused the token, which has expired or was revoked (Invalid token)")
        #expect(token.hint?.contains("log in again") == true)
        let login = try self.error(Samples.response(401, #"{"message":"Invalid email or password"}"#), Samples.login)
        #expect(login.message == "Invalid email or password" && login.hint == nil)
    }

    @Test("a missing role is named")
    func forbidden() throws {
        let body = #"{"error":"Forbidden","message":"Insufficient permissions"}"#
        let error = try self.error(Samples.response(403, body), Samples.drops)
        #expect(error.hint == "GET /inventory-drops needs role admin or superadmin")
    }

    @Test("a 429 tells how long to wait")
    func rateLimited() throws {
        let body = #"{"error":"Too Many Requests","message":"Too many requests"}"#
        let error = try self.error(Samples.response(429, body, ["retry-after": "77"]))
        #expect(error.retryAfter == .seconds(77))
    }
}
