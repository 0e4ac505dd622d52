import DemoAPI
import JSON
import Testing

@testable import RESTGateway
@testable import UpstreamPipeline

/// Who pays for HTTP clients' requests, and what they are told of it.
struct GatewayQuotaTests {
    @Test("every answer tells what is left, in the draft's words and in the API's")
    func told() async throws {
        try await GatewayBench.demo(limit: 100) { bench in
            let token = try await bench.login()
            _ = try await bench.client.get("/api/v2/products", token: token)
            let answer = try await bench.client.get("/api/v2/customers", token: token)
            let limits = try #require(answer["ratelimit"])
            #expect(limits.firstMatch(of: /^"session";r=99;t=\d+, "upstream";r=97;t=\d+$/) != nil, "\(limits)")
            #expect(answer["ratelimit-policy"] == "\"session\";q=100;w=900, \"upstream\";q=100")
            #expect(answer["x-ratelimit-limit"] == "100" && answer["x-ratelimit-remaining"] == "97")
            #expect((answer["x-ratelimit-reset"].flatMap { Int($0) } ?? 0) > 1_700_000_000)
            let hit = try await bench.client.get("/api/v2/customers", token: token)
            #expect(hit["ratelimit"]?.hasPrefix("\"session\";r=99;") == true)
        }
    }

    @Test("a client whose allowance is used up is told when to come back, and still gets what is kept")
    func usedUp() async throws {
        try await GatewayBench.demo { pipeline, _ in
            (pipeline.rateLimit, pipeline.queueTimeout) = (3, .zero)
        } _: { bench in
            let token = try await bench.login()
            for path in ["products", "customers", "sales", "sales/\(Samples.id)"] {
                #expect(try await bench.client.get("/api/v2/\(path)", token: token).status < 405)
            }
            let before = bench.api?.requestCount
            let refused = try await bench.client.get("/api/v2/sales?sort=totalAmount", token: token)
            #expect(refused.status == 429 && refused.json?["error"] == "Too Many Requests")
            #expect(refused["retry-after"].flatMap { Int($0) }.map { (1...300).contains($0) } == true)
            #expect(refused["ratelimit"]?.hasPrefix("\"session\";r=0;t=") == true)
            #expect(refused["cache-status"] == "bitetrack-sidecar; detail=rateLimited")
            #expect(try await bench.client.get("/api/v2/customers", token: token).status == 200)
            #expect(bench.api?.requestCount == before)
        }
    }

    @Test("strangers with made-up tokens spend no more than their address has, and nothing of anybody else's")
    func strangers() async throws {
        try await GatewayBench.demo(limit: 100) { pipeline, gateway in
            (gateway.strangerRequests, pipeline.queueTimeout) = (5, .zero)
        } _: { bench in
            let token = try await bench.login()
            #expect(try await bench.client.get("/api/v2/products", token: token).status == 200)
            var statuses: [Int] = []
            for number in 0..<40 {
                statuses.append(
                    try await bench.client.get("/api/v2/customers", token: GatewayBench.forged(number)).status)
            }
            // The login and the first read of the true token came from this address too.
            #expect(statuses.count { $0 == 401 } == 3 && statuses.count { $0 == 429 } == 37, "\(statuses)")
            // Each refused token cost its own look at the database's health, at most.
            #expect((bench.api?.requestCount ?? 0) <= 5 + 3)
            #expect(bench.gateway.clientCount <= 1 + 250)
            #expect(try await bench.client.get("/api/v2/customers", token: token).status == 200)
            #expect(
                try await bench.client.get("/api/v2/products", token: token)["cache-status"]?.contains("hit") == true)
        }
    }

    @Test("public answers are kept once for all, and cost strangers their own allowance")
    func publicAnswers() async throws {
        try await GatewayBench.demo { bench in
            for _ in 0..<30 { #expect(try await bench.client.get("/api/v2/health").status == 200) }
            let token = try await bench.login()
            let answer = try await bench.client.get("/api/v2/health", token: token)
            #expect(answer["cache-status"]?.contains("hit") == true)
            #expect(answer["ratelimit-policy"]?.hasPrefix("\"session\";q=20;") == true)
            #expect(bench.api?.requestCount == 2)
        }
    }

    @Test("a wrong password is refused in the API's own words")
    func wrongPassword() async throws {
        try await GatewayBench.demo { bench in
            let answer = try await bench.client.send(
                "POST", "/api/v2/auth/login", body: #"{"email":"admin@demo.test","password":"wrong"}"#)
            #expect(answer.status == 401)
            #expect(
                answer.body == #"{"error":"Unauthorized","message":"Invalid email or password","statusCode":401}"#)
        }
    }
}

struct ClientTableTests {
    private let start = ContinuousClock.now

    private func table(_ clients: Int) -> ClientTable {
        var configuration = GatewayConfiguration()
        (configuration.clients, configuration.strangerRequests) = (clients, 7)
        return ClientTable(configuration)
    }

    @Test("a token pays for itself once the API has accepted it")
    func acceptance() {
        var table = self.table(8)
        let stranger = table.visit("rest:a", from: "1.1.1.1", now: self.start)
        #expect(stranger.bucket == ClientRequest.Bucket(name: "rest:from:1.1.1.1", limit: 7))
        table.accepted("rest:a")
        #expect(table.visit("rest:a", from: "2.2.2.2", now: self.start).bucket == ClientRequest.Bucket(name: "rest:a"))
        #expect(table.refused("rest:a") && !table.refused("rest:a"))
        #expect(table.visit("rest:a", from: "2.2.2.2", now: self.start).bucket.name == "rest:from:2.2.2.2")
        #expect(table.visit(nil, from: "2.2.2.2", now: self.start).bucket.limit == 7)
    }

    @Test("strangers make room for strangers; only known clients make room for known ones")
    func room() {
        var table = self.table(8)
        for number in 0..<6 {
            _ = table.visit("known\(number)", from: "a", now: self.start)
            table.accepted("known\(number)")
        }
        var ended: [String] = []
        for number in 0..<20 {
            ended += table.visit("s\(number)", from: "a", now: self.start + .seconds(number)).ended
            #expect(table.count <= 8)
        }
        #expect(ended == (0..<18).map { "s\($0)" })
        table.accepted("s18")
        table.accepted("s19")
        #expect(table.visit("s20", from: "a", now: self.start + .seconds(60)).ended.first?.hasPrefix("known") == true)
    }

    @Test("the idle are forgotten, addresses after a window")
    func idle() {
        var table = self.table(8)
        _ = table.visit("a", from: "1.1.1.1", now: self.start)
        _ = table.visit("b", from: "1.1.1.1", now: self.start + .seconds(1000))
        #expect(table.sweep(now: self.start + .seconds(1799)) == [])
        #expect(table.sweep(now: self.start + .seconds(1800)) == ["a"])
        #expect(Set(table.sweep(now: self.start + .seconds(2800))) == ["b", "rest:from:1.1.1.1"])
    }

    @Test("addresses without number share one allowance")
    func addresses() {
        var table = self.table(8)
        let buckets = (0..<1500).map { table.visit(nil, from: "\($0)", now: self.start).bucket.name }
        #expect(Set(buckets).count == 1001 && buckets.last == "rest:from:others")
    }
}
