import BiteTrack
import DemoAPI
import HTTPServer
import JSON
import NIOCore
import Testing
import TokenVault

@testable import RESTGateway
@testable import UpstreamPipeline

/// Ordinary HTTP clients in front of the demonstration API, on real sockets.
struct RESTGatewayTests {
    private let id = "64b0000000000000000000a1"

    @Test("what was read once is read again without a request, and tells so")
    func cached() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let own = try await bench.direct.get("/api/v2/customers", token: token)
            let before = bench.api?.requestCount ?? 0
            let first = try await bench.client.get("/api/v2/customers", token: token)
            #expect(first.status == 200 && first.body == own.body)
            #expect(
                first["cache-status"]?.hasPrefix("bitetrack-sidecar; fwd=miss; fwd-status=200; stored; ttl=60") == true)
            #expect(first["etag"] == own["etag"] && first["content-type"] == own["content-type"])
            #expect(first["x-dns-prefetch-control"] == "off", "the API's own fields are passed on")
            #expect(first.all("x-ratelimit-limit").count == 1 && first["age"] == nil)
            for path in ["/api/v2/customers", "/API/V2/Customers/".replacing("/API/V2", with: "/api/v2")] {
                let second = try await bench.client.get(path, token: token)
                #expect(second.status == 200 && second.body == own.body)
                #expect(second["cache-status"]?.hasPrefix("bitetrack-sidecar; hit; ttl=") == true)
                #expect(second["cache-control"] == "private, max-age=60" && second["age"] == "0")
                #expect(second["x-dns-prefetch-control"] == "off" && second.all("vary").contains("Authorization"))
            }
            #expect(bench.api?.requestCount == before + 1)
        }
    }

    @Test("another token never sees what is kept for the first, nor do scripts")
    func apart() async throws {
        try await GatewayBench.demo { bench in
            let (admin, user) = (try await bench.login("admin"), try await bench.login("user"))
            _ = try await bench.client.get("/api/v2/sellers", token: admin)
            let hit = try await bench.client.get("/api/v2/sellers", token: admin)
            #expect(hit.status == 200 && hit["cache-status"]?.contains("hit") == true)
            let refused = try await bench.client.get("/api/v2/sellers", token: user)
            #expect(refused.status == 403 && refused.json?["message"] == "Insufficient permissions")
            let none = try await bench.client.get("/api/v2/sellers")
            #expect(
                none.status == 401
                    && none.body == #"{"error":"Unauthorized","message":"Access token is required","statusCode":401}"#)
            let before = bench.api?.requestCount ?? 0
            let call = PipelineCall(route: "GET /sellers", arguments: [:], session: "script", token: Secret(admin))
            let reply = try await bench.pipeline.send(call)
            #expect(reply.source == .upstream && bench.api?.requestCount == before + 1)
        }
    }

    @Test("tokens that cannot be the API's are refused without asking it", arguments: ["x", "a.b.c", "Bearer", ""])
    func noToken(text: String) async throws {
        try await GatewayBench.demo { bench in
            let answer = try await bench.client.get(
                "/api/v2/sales", ["Authorization: Bearer \(text)"].filter { _ in true })
            #expect(answer.status == 401)
            let twice = try await bench.client.get(
                "/api/v2/sales", token: GatewayBench.forged(), ["Authorization: Bearer \(GatewayBench.forged(1))"])
            #expect(twice.status == 400)
            #expect(bench.api?.requestCount == 0)
        }
    }

    @Test("a seller who is deleted or loses a role is answered by the API, not from the cache")
    func lostRights() async throws {
        try await GatewayBench.demo { bench in
            let (superadmin, admin, user) = (
                try await bench.login("superadmin"), try await bench.login("admin"), try await bench.login("user")
            )
            let sellers = try await bench.client.get("/api/v2/sellers", token: admin)
            #expect(sellers.status == 200)
            func id(_ email: String) -> String {
                sellers.json?.arrayValue?.first { $0["email"]?.stringValue == email }?["id"]?.stringValue ?? ""
            }
            let role = try await bench.client.send(
                "PATCH", "/api/v2/sellers/\(id("admin@demo.test"))/role", token: superadmin, body: #"{"role":"user"}"#)
            #expect(role.status == 200, "\(role.body)")
            #expect(try await bench.client.get("/api/v2/sellers", token: admin).status == 403)

            let account = try #require(DemoAPI.accounts.last)
            let own = try await bench.login(email: account.email, password: account.password)
            #expect(try await bench.client.get("/api/v2/customers", token: own).status == 200)
            #expect(
                try await bench.client.get("/api/v2/customers", token: own)["cache-status"]?.contains("hit") == true)
            let gone = try await bench.client.send("DELETE", "/api/v2/sellers/\(id(account.email))", token: superadmin)
            #expect(gone.status == 204 && gone.body.isEmpty)
            let after = try await bench.client.get("/api/v2/customers", token: own)
            #expect(after.status == 401 && after.json?["message"] == "Invalid token")
            _ = user
        }
    }

    @Test("a client's write is passed on word for word, and what it makes stale is gone for everybody")
    func writes() async throws {
        try await GatewayBench.demo { bench in
            let (admin, user) = (try await bench.login("admin"), try await bench.login("user"))
            let scripts = PipelineCall(route: "GET /customers", arguments: [:], session: "script", token: Secret(user))
            let before = try await bench.pipeline.send(scripts).body.readableBytes
            _ = try await bench.client.get("/api/v2/customers", token: admin)
            let made = try await bench.client.send(
                "POST", "/api/v2/customers", token: user,
                body: #"{"firstName":"Ana","lastName":"Ruiz","phoneNumber":"300 123 4567"}"#)
            #expect(made.status == 201 && made.json?["phoneNumber"] == "3001234567", "\(made.body)")
            #expect(
                made["cache-status"] == "bitetrack-sidecar; fwd=method; fwd-status=201"
                    && made["cache-control"] == "no-store")
            let after = try await bench.client.get("/api/v2/customers", token: admin)
            #expect(after.body.contains("3001234567") && after["cache-status"]?.contains("fwd=miss") == true)
            let seen = try await bench.pipeline.send(scripts)
            #expect(seen.source == .upstream && seen.body.readableBytes > before)
            // The API's own refusals, in its own words.
            let twice = try await bench.client.send(
                "POST", "/api/v2/customers", token: user,
                body: #"{"firstName":"Ana","lastName":"Ruiz","phoneNumber":"3001234567"}"#)
            #expect(twice.status == 409 && twice.json?["details"] != nil)
            let empty = try await bench.client.send("POST", "/api/v2/customers", token: user, body: "{}")
            #expect(empty.status == 400 && empty.json?["error"] == "Validation Error")
            let settle = try await bench.client.send("PATCH", "/api/v2/sales/\(self.id)/settle", token: user)
            #expect(settle.status == 404 && settle.json?["message"] == "Sale not found")
        }
    }

    @Test("where writes are off, none is sent; a login still is")
    func writesOff() async throws {
        try await GatewayBench.demo {
            $1.allowsWrites = false
        } _: { bench in
            let token = try await bench.login()
            let before = bench.api?.requestCount
            let answer = try await bench.client.send("POST", "/api/v2/customers", token: token, body: "{}")
            #expect(answer.status == 403 && bench.api?.requestCount == before)
        }
    }

    @Test(
        "what would end the API's process is answered here",
        arguments: [
            ("GET", "/customers/abc/transactions", nil), ("PATCH", "/customers/abc", "{}"),
            ("DELETE", "/customers/12", nil), ("PATCH", "/sellers/zz/role", #"{"role":"user"}"#),
            ("DELETE", "/sellers/64b0000000000000000000a", nil), ("GET", "/sales/64b0000000000000000000ag", nil),
            ("GET", "/customers/64b00000%2F0000000000000a1/transactions", nil), ("GET", "/sales/%ff", nil),
            ("GET", "/sales/%2e%2e", nil), ("GET", "/sales?customerId=x", nil),
            ("GET", "/sales?customerId[$ne]=1", nil),
            ("GET", "/sales?customerId%5B%24ne%5D=1", nil), ("GET", "/sales?page=1&page=2", nil),
            ("GET", "/sales?limit=NaN", nil), ("GET", "/sales?page=0", nil), ("GET", "/sales?sort=", nil),
            ("GET", "/sales?sort=$x", nil), ("GET", "/sales?unknown=1", nil),
            ("GET", "/sales?startDate=2024-02-31", nil),
            ("GET", "/sales?id=\(Samples.id)", nil), ("GET", "/sales?a=%zz", nil),
            ("GET", "/sales/\(Samples.id)?id=\(Samples.id)", nil),
            ("GET", "/reporting/sales/analytics?dateField=settled", nil),
            ("GET", "/reporting/sales/analytics?dateField=", nil),
            ("GET", "/reporting/sales/export?customerId=1", nil),
            ("POST", "/products", #"{"productName":"x","count":[5],"price":1}"#),
            ("PATCH", "/products/\(Samples.id)", #"{"$inc":{"count":5}}"#),
            ("PATCH", "/products/\(Samples.id)", #"{"_id":"64b0000000000000000000a9"}"#),
            ("PATCH", "/products/\(Samples.id)", #"{"isTestData":"maybe"}"#),
            ("PATCH", "/customers/\(Samples.id)", #"{"email":["a@b.test"]}"#),
            ("POST", "/customers", #"{"email":["a@b.test"]}"#),
            ("PATCH", "/sellers/\(Samples.id)", #"{"oldPassword":1}"#),
            ("POST", "/sellers/pending", #"{"firstName":["a"]}"#), ("POST", "/sales", #"{"customerId":"x"}"#),
            ("POST", "/sales", #"{"a":{"b.c":1}}"#), ("POST", "/sales", #"{"products":[{"$gt":1}]}"#),
            ("POST", "/sales", "[1]"), ("POST", "/sales", #"{"a":1,"a":2}"#), ("POST", "/sales", "{"),
        ] as [(String, String, String?)])
    func neverSent(method: String, path: String, body: String?) async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login("superadmin")
            let before = bench.api?.requestCount
            let answer = try await bench.client.send(method, "/api/v2" + path, token: token, body: body)
            #expect(answer.status == 400, "\(answer.status) \(answer.body)")
            #expect(answer.json?["statusCode"] == 400 && answer.json?["error"]?.stringValue?.isEmpty == false)
            #expect((answer.json?["message"]?.stringValue?.count ?? 0) > 20)
            #expect(bench.api?.requestCount == before && bench.api?.dangerousRequests == 0)
        }
    }

    @Test("bodies in another form than JSON are not passed on; the API would read some of them as lists and operators")
    func forms() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let before = bench.api?.requestCount
            let answer = try await bench.client.send(
                "POST", "/api/v2/products", token: token, body: "count[]=5", type: "application/x-www-form-urlencoded")
            #expect(answer.status == 415 && bench.api?.requestCount == before)
        }
    }

    @Test("paths that do not exist, and methods that a path does not take")
    func paths() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let before = bench.api?.requestCount
            for path in ["/nowhere", "/sales/x/y", "//sales", "/customers//transactions", "/sales%2F\(self.id)"] {
                #expect(try await bench.client.get("/api/v2" + path, token: token).status == 404, "\(path)")
            }
            let put = try await bench.client.send("PUT", "/api/v2/sales", token: token, body: "{}")
            #expect(put.status == 405 && put["allow"] == "GET, HEAD, POST, OPTIONS")
            let pending = try await bench.client.send("DELETE", "/api/v2/sellers/pending", token: token)
            #expect(pending.status == 405 && pending["allow"] == "GET, HEAD, POST, OPTIONS")
            let options = try await bench.client.send("OPTIONS", "/api/v2/sales")
            #expect(options.status == 204)
            #expect(bench.api?.requestCount == before)
        }
    }

    @Test("HEAD says what GET would, and both cost one request together")
    func head() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let before = bench.api?.requestCount ?? 0
            let head = try await bench.client.send("HEAD", "/api/v2/products", token: token)
            let get = try await bench.client.get("/api/v2/products", token: token)
            #expect(head.status == 200 && head.body.isEmpty && head["content-length"] == get["content-length"])
            #expect(head["etag"] == get["etag"] && get["cache-status"]?.contains("hit") == true)
            #expect(bench.api?.requestCount == before + 1)
        }
    }

    @Test("a client that knows the answer is told so from the cache")
    func conditional() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let first = try await bench.client.get("/api/v2/products", token: token)
            let tag = try #require(first["etag"])
            let before = bench.api?.requestCount
            for field in [tag, "\"x\", \(tag)", tag.replacing("W/", with: ""), "*"] {
                let answer = try await bench.client.get("/api/v2/products", token: token, ["If-None-Match: \(field)"])
                #expect(answer.status == 304 && answer.body.isEmpty && answer["etag"] == tag, "\(field)")
                #expect(answer["content-type"] == nil && answer["cache-control"] != nil)
            }
            let other = try await bench.client.get("/api/v2/products", token: token, ["If-None-Match: \"x\""])
            #expect(other.status == 200 && other.body == first.body)
            #expect(bench.api?.requestCount == before)
            // One element of a list has a tag too, though the API has no such answer.
            let product = try #require(first.json?.arrayValue?.first?["id"]?.stringValue)
            let one = try await bench.client.get("/api/v2/products/\(product)", token: token)
            #expect(one.status == 200 && one.json?["id"]?.stringValue == product)
            let same = try await bench.client.get(
                "/api/v2/products/\(product)", token: token, ["If-None-Match: \(one["etag"] ?? "")"])
            #expect(same.status == 304 && bench.api?.requestCount == before)
        }
    }

    @Test("a client that insists gets its answer confirmed, which costs a request but no bytes")
    func confirmed() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let first = try await bench.client.get("/api/v2/customers", token: token)
            let before = bench.api?.requestCount ?? 0
            for directive in ["no-cache", "max-age=0"] {
                let again = try await bench.client.get(
                    "/api/v2/customers", token: token, ["Cache-Control: \(directive)"])
                #expect(again.status == 200 && again.body == first.body)
                #expect(
                    again["cache-status"]?.hasPrefix("bitetrack-sidecar; fwd=stale; fwd-status=304; stored") == true)
            }
            #expect(bench.api?.requestCount == before + 2)
            let patient = try await bench.client.get("/api/v2/customers", token: token, ["Cache-Control: max-age=30"])
            #expect(patient["cache-status"]?.contains("hit") == true)
            let only = try await bench.client.get(
                "/api/v2/products", token: token, ["Cache-Control: only-if-cached"])
            #expect(only.status == 504)
            let private_ = try await bench.client.get("/api/v2/products", token: token, ["Cache-Control: no-store"])
            #expect(private_.status == 200)
            #expect(
                try await bench.client.get("/api/v2/products", token: token)["cache-status"]?.contains("fwd=miss")
                    == true)
        }
    }

    @Test("reads of many clients of one token share requests")
    func shared() async throws {
        try await GatewayBench.demo { pipeline, _ in
            pipeline.batchWindow = .milliseconds(50)
        } _: { bench in
            let token = try await bench.login()
            _ = try await bench.client.get("/api/v2/products", token: token)
            let before = bench.api?.requestCount ?? 0
            let client = bench.client
            let answers = try await withThrowingTaskGroup(of: WebClient.Answer.self) { group in
                for page in 1...5 {
                    group.addTask { try await client.get("/api/v2/sales?page=\(page)&limit=10", token: token) }
                    group.addTask { try await client.get("/api/v2/sales?limit=10&page=\(page)", token: token) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 && $0.json?["sales"]?.arrayValue?.count == 10 })
            #expect(answers.contains { $0["cache-status"] == "bitetrack-sidecar; fwd=miss; collapsed" })
            #expect(answers.contains { $0["cache-status"] == "bitetrack-sidecar; fwd=miss; collapsed; detail=batched" })
            #expect((bench.api?.requestCount ?? 0) - before <= 3)
        }
    }

    @Test("files come through whole, with their names")
    func files() async throws {
        try await GatewayBench.demo { bench in
            let token = try await bench.login()
            let csv = try await bench.client.get("/api/v2/reporting/sales/export?format=summary", token: token)
            #expect(csv.status == 200 && csv["content-type"] == "text/csv")
            #expect(csv["content-disposition"]?.contains("bitetrack-sales-summary-") == true && csv["etag"] != nil)
            let again = try await bench.client.get("/api/v2/reporting/sales/export?format=summary", token: token)
            #expect(again.body == csv.body && again["content-disposition"] == csv["content-disposition"])
            let boundary = "xYz"
            let form =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"csvFile\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\nfirstName,lastName,phoneNumber,email\nEva,Paz,3009998877,\n\r\n--\(boundary)--\r\n"
            let imported = try await bench.client.send(
                "POST", "/api/v2/customers/import", token: token, body: form,
                type: "multipart/form-data; boundary=\(boundary)")
            #expect(imported.status == 200 && imported.json?["summary"]?["successful"] == 1, "\(imported.body)")
        }
    }
}
