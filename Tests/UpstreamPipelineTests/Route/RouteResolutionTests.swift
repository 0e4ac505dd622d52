import JSON
import TokenVault
import Testing

@testable import UpstreamPipeline

struct RouteResolutionTests {
    @Test("sends parameters sorted, percent-encoded and under the prefix")
    func target() throws {
        let call = Samples.call(
            "GET /sales", ["settled": "false", "note": "a&b=ü /?#[]", "limit": "10", "page": 2, "minimum": 1.5])
        let request = try Samples.routes.resolve(call, prefix: "/api/v2")
        #expect(
            request.target
                == "/api/v2/sales?limit=10&minimum=1.5&note=a%26b%3D%C3%BC%20%2F%3F%23%5B%5D&page=2&settled=false")
        #expect(request.method == "GET")
        #expect(request.body == nil)
    }

    @Test("gives equal calls equal keys, whatever their spelling and order")
    func canonical() throws {
        let one = try Samples.resolved(
            "GET /sales", ["page": 1, "limit": "10", "startDate": "2024-01-15T23:00:00-05:00", "settled": true])
        let two = try Samples.resolved(
            "GET /sales",
            ["settled": "true", "startDate": "2024-01-16T04:00:00Z", "note": nil, "limit": 10, "page": "1"])
        #expect(one.key == two.key)
        #expect(try Samples.resolved("GET /sales", ["page": 2]).key != one.key)
    }

    @Test("puts path parameters into the path, ids in lower case")
    func path() throws {
        let request = try Samples.resolved("GET /sales/{id}", ["id": .string(Samples.id.uppercased())])
        #expect(request.target == "/sales/\(Samples.id)")
    }

    @Test("builds the body from the listed parameters and keeps it secret")
    func body() throws {
        let request = try Samples.resolved("POST /auth/login", ["password": "p\"w", "email": "a@b.test"])
        #expect(request.target == "/auth/login")
        let body = try #require(request.body)
        #expect(body.reveal { String(decoding: $0, as: UTF8.self) } == #"{"email":"a@b.test","password":"p\"w"}"#)
        #expect(!"\(request)".contains("p\\\"w"))
        #expect(!request.key.contains("p" + "\"w"))
    }

    @Test("a secret never travels in the target, even if a route said so")
    func secretPlace() throws {
        let route = Route("GET", "/x", summary: "", parameters: [Parameter("pin", .query, .secret)])
        let request = try RouteTable([route]).resolve(Samples.call("GET /x", ["pin": "1234"]))
        #expect(!request.target.contains("1234"))
        #expect(!request.isShareable)
    }

    @Test("refuses routes that are not listed, and guesses which was meant")
    func unknownRoute() throws {
        let error = try #require(throws: PipelineError.self) { try Samples.resolved("GET /sale") }
        #expect(error.code == .unknownRoute && error.origin == .caller && error.status == 404)
        #expect(error.hint == "did you mean `GET /sales`?")
        let far = try #require(throws: PipelineError.self) { try Samples.resolved("DELETE /everything/at/once") }
        #expect(far.hint == nil)
    }

    @Test(
        "refuses parameters that are not listed, brackets and operators included",
        arguments: ["customerId[$ne]", "$where", "__proto__", "lmit", "page ", "settled[]", ""])
    func unknownParameter(name: String) throws {
        var arguments = JSONObject()
        arguments[name] = "x"
        let error = try #require(throws: PipelineError.self) { try Samples.resolved("GET /sales", arguments) }
        #expect(error.code == .invalidArguments)
        #expect(error.message.contains("has no parameter"))
        #expect(error.hint?.contains("page, limit, startDate, settled") == true)
        if name == "lmit" { #expect(error.message.contains("did you mean `limit`?")) }
    }

    @Test("names a required parameter that is absent or null", arguments: [[:], ["id": nil]] as [JSONObject])
    func missing(arguments: JSONObject) throws {
        let error = try #require(throws: PipelineError.self) { try Samples.resolved("GET /sales/{id}", arguments) }
        #expect(error.message == "parameter `id` is missing: it must be an id of 24 hexadecimal digits")
        #expect(error.hint == "GET /sales/{id} takes: id (required)")
    }

    @Test("a path parameter is needed even where the route forgot to say so")
    func optionalPath() {
        let route = Route("GET", "/x/{id}", summary: "", parameters: [Parameter("id", .path, .objectID)])
        #expect(throws: PipelineError.self) { try RouteTable([route]).resolve(Samples.call("GET /x/{id}")) }
    }

    @Test(
        "a text in the path stays one segment", arguments: ["../../etc", "a/b", "http://evil.test/", "{id}", "a%2Fb"])
    func segments(text: String) throws {
        let route = Route(
            "GET", "/x/{a}/y", summary: "", parameters: [Parameter("a", .path, .string(maximumLength: 50))])
        let request = try RouteTable([route]).resolve(Samples.call("GET /x/{a}/y", ["a": .string(text)]))
        #expect(request.target.split(separator: "/").count == 3)
        #expect(request.target.hasPrefix("/x/") && request.target.hasSuffix("/y"))
    }

    @Test(
        "a text in the path is never empty, dots or control characters", arguments: ["", ".", "..", "a\r\nb", "\u{0}"])
    func badSegments(text: String) {
        let route = Route(
            "GET", "/x/{a}", summary: "", parameters: [Parameter("a", .path, .string(maximumLength: 50))])
        #expect(throws: PipelineError.self) {
            try RouteTable([route]).resolve(Samples.call("GET /x/{a}", ["a": .string(text)]))
        }
    }
}
