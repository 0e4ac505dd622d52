import HTTPServer
import JSON
import NIOCore
import NIOHTTP1
import Testing

@testable import DemoAPI

struct RateLimitTests {
    @Test("the window is fixed, starts at the first request and refuses what is over")
    func window() throws {
        let demo = TestAPI { $0.rateLimit = 3 }
        func call() throws -> TestAPI.Answer { try demo.call(.GET, "/health") }
        let start = demo.clock.now
        let first = try call()
        #expect(first.status == 200)
        #expect(first.headers["X-RateLimit-Limit"] == ["3"])
        #expect(first.headers["X-RateLimit-Remaining"] == ["2"])
        #expect(first.headers["X-RateLimit-Reset"] == [String(start.seconds + 900)])
        #expect(first.headers["Retry-After"] == [])
        demo.clock.advance(.seconds(600))
        #expect(try call().headers["X-RateLimit-Remaining"] == ["1"])
        #expect(try call().headers["X-RateLimit-Remaining"] == ["0"])
        demo.clock.advance(.milliseconds(100))
        let refused = try call()
        #expect(refused.status == 429)
        #expect(
            refused.text == #"{"error":"Too Many Requests","message":"Too many requests from this IP, "#
                + #"please try again later","statusCode":429}"#)
        #expect(refused.headers["Retry-After"] == ["300"])
        #expect(refused.headers["X-RateLimit-Remaining"] == ["0"])
        #expect(refused.headers["X-RateLimit-Reset"] == [String(start.seconds + 900)])
        demo.clock.advance(.milliseconds(299_899))
        #expect(try call().status == 429)
        demo.clock.advance(.milliseconds(1))
        #expect(try call().headers["X-RateLimit-Remaining"] == ["2"])
    }

    @Test("everything counts but OPTIONS")
    func counted() throws {
        let demo = TestAPI { $0.rateLimit = 100 }
        let paths = ["/health", "/nothing", "/sales", "/docs", "/docs.json", ""]
        for path in paths { _ = try demo.call(.GET, path) }
        _ = try demo.call(.POST, "/sales", body: "{", type: "application/json")
        _ = try demo.call(.POST, "/auth/login", json: [:])
        let free = try demo.call(.OPTIONS, "/whatever")
        #expect(free.status == 200)
        #expect(free.headers["X-RateLimit-Limit"] == [])
        #expect(demo.api.requestCount == 8)
        #expect(demo.api.requestCounts["GET /sales"] == 1)
        #expect(demo.api.requestCounts["GET /"] == 1)
        #expect(try demo.call(.GET, "/health").headers["X-RateLimit-Remaining"] == ["91"])
    }

    @Test("the last forwarded address counts, taken at its word")
    func forwarded() throws {
        let demo = TestAPI { $0.rateLimit = 1 }
        func status(_ forwarded: String?) throws -> Int {
            try demo.call(.GET, "/health", headers: forwarded.map { ["x-forwarded-for": $0] } ?? [:]).status
        }
        #expect(try status("1.1.1.1, 2.2.2.2") == 200)
        #expect(try status("3.3.3.3,2.2.2.2") == 429)
        #expect(try status("2.2.2.2, 1.1.1.1") == 200)
        #expect(try status(nil) == 200)
        #expect(try status("") == 429)
    }

    @Test("forgets addresses rather than grow without end")
    func capacity() {
        var limiter = RateLimiter(limit: 1, window: .seconds(10))
        let now = TestClock.start
        #expect(!limiter.count("first", now: now).isExceeded)
        #expect(limiter.count("first", now: now).isExceeded)
        for index in 0..<10_000 { _ = limiter.count(String(index), now: now) }
        #expect(!limiter.count("first", now: now).isExceeded)
    }
}

struct ServiceTests {
    let demo = TestAPI()

    @Test(
        "both prefixes, any case and a trailing slash lead to the same",
        arguments: [
            "/api/v2/products", "/bitetrack/products", "/API/V2/Products/", "/BiteTrack/PRODUCTS",
        ])
    func paths(path: String) throws {
        #expect(try self.demo.get(path).json.arrayValue?.count == 42)
    }

    @Test("outside the prefixes is nothing", arguments: ["/products", "/api/v1/products", "/api/v22", "/"])
    func outside(path: String) throws {
        let request = HTTPRequest(method: .GET, path: path)
        #expect(self.demo.api.respond(to: request)?.status == .notFound)
    }

    @Test("other prefixes can be served")
    func prefixes() throws {
        let demo = TestAPI { $0.prefixes = ["/bitetrack"] }
        #expect(try demo.call(.GET, "/bitetrack/health").status == 200)
        #expect(try demo.call(.GET, "/api/v2/health").status == 404)
    }

    @Test("says that it is a demonstration, and that it is well")
    func status() throws {
        let welcome = try self.demo.call(.GET, "/")
        #expect(welcome["version"] == "2.0.0")
        #expect(welcome["server"]["environment"] == "demo")
        self.demo.clock.advance(.milliseconds(2500))
        let health = try self.demo.call(.GET, "/health")
        #expect(
            health.text == #"{"status":"OK","timestamp":"\#(self.demo.clock.now)","uptime":2.5}"#)
        #expect(try self.demo.call(.GET, "/health/mongodb")["status"] == "connected")
        #expect(try self.demo.call(.GET, "/docs").headers["Content-Type"] == ["text/html; charset=utf-8"])
        #expect(try self.demo.call(.GET, "/docs.json")["openapi"] == "3.0.0")
    }

    @Test("a client that has the answer gets 304 and no body, and pays for it")
    func conditional() throws {
        let first = try self.demo.get("/products")
        let tag = try #require(first.headers.first(name: "ETag"))
        #expect(tag.hasPrefix("W/\"" + String(first.text.utf8.count, radix: 16) + "-"))
        #expect(tag.utf8.count == "W/\"-\"".utf8.count + String(first.text.utf8.count, radix: 16).utf8.count + 27)
        func again(_ headers: HTTPHeaders) throws -> TestAPI.Answer {
            var headers = headers
            headers.add(name: "authorization", value: "Bearer \(try self.demo.token(.user))")
            return try self.demo.call(.GET, "/products", headers: headers)
        }
        let requests = self.demo.api.requestCount
        let cached = try again(["if-none-match": tag])
        #expect((cached.status, cached.text) == (304, ""))
        #expect(cached.headers["Content-Type"] == [])
        #expect(cached.headers["ETag"] == [tag])
        #expect(cached.headers["X-RateLimit-Limit"] != [])
        #expect(self.demo.api.requestCount == requests + 2)
        #expect(try again(["if-none-match": tag, "cache-control": "no-cache"]).status == 200)
        _ = try self.demo.call(
            .POST, "/products", as: .user, json: ["productName": "New", "count": 1, "price": 1])
        #expect(try again(["if-none-match": tag]).status == 200)
    }

    @Test("errors are tagged too but never 304")
    func errorTags() throws {
        let missing = try self.demo.call(.GET, "/nothing")
        let tag = try #require(missing.headers.first(name: "ETag"))
        #expect(try self.demo.call(.GET, "/nothing", headers: ["if-none-match": tag]).status == 404)
    }

    @Test("headers of Helmet and CORS are on every answer")
    func headers() throws {
        for answer in [try self.demo.call(.GET, "/health"), try self.demo.call(.GET, "/sales")] {
            #expect(answer.headers["Vary"] == ["Origin"])
            #expect(answer.headers["Access-Control-Allow-Credentials"] == ["true"])
            #expect(answer.headers["X-Frame-Options"] == ["SAMEORIGIN"])
            #expect(answer.headers["Strict-Transport-Security"] == ["max-age=15552000; includeSubDomains"])
            #expect(answer.headers["Content-Security-Policy"].first?.hasPrefix("default-src 'self'") == true)
            #expect(answer.headers["Content-Type"] == ["application/json; charset=utf-8"])
            #expect(answer.headers["WWW-Authenticate"] == [])
        }
        func allowed(_ origin: String) throws -> [String] {
            try self.demo.call(.OPTIONS, "/sales", headers: ["origin": origin]).headers["Access-Control-Allow-Origin"]
        }
        #expect(try allowed("http://localhost:5173") == ["http://localhost:5173"])
        for origin in ["http://evil.example", "http://localhost:", "http://localhost:80.evil", "https://localhost:1"] {
            #expect(try allowed(origin) == [])
        }
        let preflight = try self.demo.call(.OPTIONS, "/sales", headers: ["origin": "http://localhost:1"])
        #expect(preflight.headers["Access-Control-Allow-Methods"] == ["GET,POST,PUT,PATCH,DELETE,OPTIONS"])
    }

    @Test(
        "malformed JSON is a dated 400 that blames itself, before anything is known of the path",
        arguments: ["{", "nonsense", "5", "\"text\"", "{\"a\":}", "null"])
    func malformedJSON(body: String) throws {
        let answer = try self.demo.call(.POST, "/sales", body: body, type: "application/json; charset=utf-8")
        #expect(answer.status == 400)
        #expect(
            answer.text == #"{"error":"Internal Server Error","message":"Something went wrong","statusCode":400,"#
                + #""timestamp":"\#(self.demo.clock.now)"}"#)
    }

    @Test("too large a body is 413 in the same words")
    func oversized() throws {
        let body = "[\"" + String(repeating: "a", count: Service.maximumJSONBytes) + "\"]"
        let answer = try self.demo.call(.POST, "/nothing", body: body, type: "application/json")
        #expect((answer.status, answer.message) == (413, "Something went wrong"))
    }

    @Test("form fields are read, other types are an empty body")
    func otherBodies() throws {
        let form = "email=admin%40demo.test&password=DemoAdmin1!"
        let login = try self.demo.call(
            .POST, "/auth/login", body: form, type: "application/x-www-form-urlencoded")
        #expect(login.status == 200)
        let text = try self.demo.call(.POST, "/auth/login", body: "{}", type: "text/plain")
        #expect(text["details"].arrayValue?.count == 2)
    }

    @Test("a malformed escape in a path is a 400")
    func badEscape() throws {
        let answer = try self.demo.get("/sales/%E0%A4%A")
        #expect((answer.status, answer.message) == (400, "Something went wrong"))
        #expect(try self.demo.get("/sales/%30").message == "Invalid resource ID format")
    }

    @Test(
        "what would have killed the original is a 400 and counted",
        arguments: [
            (HTTPMethod.GET, "/customers/xyz/transactions", nil), (.PATCH, "/customers/xyz", [:]),
            (.DELETE, "/customers/xyz", nil), (.PATCH, "/sellers/xyz/role", ["role": "user"]),
            (.DELETE, "/sellers/xyz", nil), (.GET, "/reporting/sales/analytics?dateField=", nil),
            (.GET, "/reporting/sales/analytics?dateField=$x", nil),
            (.GET, "/reporting/sales/analytics?dateField=a.", nil),
            (.GET, "/reporting/sales/analytics?dateField=settled", nil),
            (.GET, "/reporting/sales/analytics?dateField=totalAmount", nil),
            (.GET, "/reporting/sales/analytics?dateField=products", nil),
            (.GET, "/reporting/sales/export?customerId=x", nil),
            (.GET, "/reporting/sales/export?format=summary&sellerId=1", nil),
            (.GET, "/reporting/sales/export?startDate=2025-01-01&dateField=settled", nil),
            (.GET, "/reporting/sales/export?startDate=2025-01-01&dateField=customerId", nil),
            (.POST, "/products", ["productName": "x", "count": [5], "price": 1]),
            (.PATCH, "/products/000000000000000000000000", ["count": [5]]),
            (.PATCH, "/products/000000000000000000000000", ["$inc": ["count": 5]]),
            (.PATCH, "/customers/000000000000000000000000", ["_id": "x"]),
            (.PATCH, "/customers/000000000000000000000000", ["isTestData": "maybe"]),
            (.PATCH, "/customers/000000000000000000000000", ["lastTransaction": "never"]),
            (
                .POST, "/customers",
                ["firstName": "a", "lastName": "b", "phoneNumber": "3001234567", "email": ["a@b.cc"]]
            ),
            (.POST, "/sellers/pending", ["firstName": ["a"]]),
        ] as [(HTTPMethod, String, JSONValue?)])
    func dangerous(method: HTTPMethod, target: String, body: JSONValue?) throws {
        let answer = try self.demo.call(method, target, as: .superadmin, json: body)
        #expect((answer.status, answer["error"]) == (400, "Invalid ID"))
        #expect(answer["timestamp"].stringValue == self.demo.clock.now.description)
        #expect(self.demo.api.dangerousRequests == 1)
    }
}

struct FaultTests {
    let demo = TestAPI()

    @Test(
        "planned faults answer in place of the API, as often as planned",
        arguments: [
            (Fault.serverError, 500), (.unavailable, 503), (.tooManyRequests(retryAfterSeconds: 7), 429), (.html, 200),
            (.truncatedJSON, 200),
        ])
    func answers(fault: Fault, status: Int) throws {
        self.demo.api.inject(fault, requests: 2)
        for _ in 0..<2 {
            let answer = try self.demo.call(.GET, "/health")
            #expect(answer.status == status)
            #expect(answer["status"] == .null)
            #expect(answer.headers["Retry-After"] == (status == 429 ? ["7"] : []))
        }
        #expect(try self.demo.call(.GET, "/health")["status"] == "OK")
        #expect(self.demo.api.requestCount == 3)
    }

    @Test("faults wait for their path, and can be called off")
    func paths() throws {
        self.demo.api.inject(.serverError, pathPrefix: "/products")
        #expect(try self.demo.get("/customers").status == 200)
        #expect(try self.demo.get("/products").status == 500)
        self.demo.api.inject(.serverError, requests: 5)
        self.demo.api.clearFaults()
        #expect(try self.demo.get("/products").status == 200)
    }

    @Test("a lost answer has had its effect, a cut connection has not")
    func lostAnswers() throws {
        let token = try self.demo.token(.user)
        func post() {
            let request = HTTPRequest(
                method: .POST, path: "/api/v2/products",
                headers: ["authorization": "Bearer \(token)", "content-type": "application/json"],
                body: .init(string: #"{"productName":"Ghost","count":1,"price":1}"#))
            if let answer = self.demo.api.respond(to: request) { Issue.record("answered \(answer.status)") }
        }
        self.demo.api.inject(.loseAnswer)
        post()
        #expect(try self.demo.products().count == 43)
        self.demo.api.inject(.reset)
        post()
        self.demo.api.inject(.hang)
        post()
        #expect(try self.demo.products().count == 43)
    }
}
