import Foundation
import JSON
import TestSupport
import Testing

/// The sidecar's program in front of the demonstration API over HTTPS, as the front end and `curl` use it.
struct RESTTests {
    private func login(_ client: CurlClient, email: String, password: String) async throws -> String {
        let answer = try await client.request(
            ["--header", "Content-Type: application/json"], path: "/api/v2/auth/login",
            body: #"{"email":"\#(email)","password":"\#(password)"}"#)
        return try #require(answer.json?["token"]?.stringValue, "\(answer.status) \(answer.body)")
    }

    private func get(
        _ client: CurlClient, _ path: String, _ token: String, _ arguments: [String] = []
    ) async throws -> CurlClient.Answer {
        try await client.request(["--header", "Authorization: Bearer \(token)"] + arguments, path: "/api/v2" + path)
    }

    @Test("reads are kept for each token, writes make them stale, and nothing malformed reaches the API")
    func job() async throws {
        let demo = try await Demo.start()
        let client = CurlClient(url: demo.url, certificate: demo.certificate)
        let admin = try await self.login(client, email: demo.email, password: demo.password)
        let user = try await self.login(client, email: "user@demo.test", password: "DemoUser1!")
        let left = try await self.get(client, "/sales?limit=100", admin)
        #expect(left.status == 200 && left["cache-status"]?.contains("fwd=miss") == true)
        let remaining = left["x-ratelimit-remaining"]
        for path in ["/sales?limit=100", "/sales?limit=10&page=3"] {
            let hit = try await self.get(client, path, admin)
            #expect(hit.status == 200 && hit["cache-status"]?.hasPrefix("bitetrack-sidecar; hit; ttl=") == true)
            #expect(hit["x-ratelimit-remaining"] == remaining && hit["strict-transport-security"] != nil)
        }
        let own = try await self.get(client, "/sales?limit=100", user)
        #expect(own["cache-status"]?.contains("fwd=miss") == true && own.body == left.body)
        #expect(try await self.get(client, "/inventory-drops", user).status == 403)

        let bad = ["/customers/abc/transactions", "/sales?customerId[$ne]=1", "/sales?page=1&page=2", "/sales/%ff"]
        for path in bad { #expect(try await self.get(client, path, admin, ["--globoff"]).status == 400, "\(path)") }

        let made = try await client.request(
            ["--header", "Authorization: Bearer \(user)", "--header", "Content-Type: application/json"],
            path: "/api/v2/products", body: #"{"productName":"Té","count":3,"price":2.5}"#)
        #expect(made.status == 201)
        #expect(try await self.get(client, "/sales?limit=100", admin)["cache-status"]?.contains("fwd=miss") == true)
        let metrics = try await client.request([], path: "/metrics")
        #expect(metrics.body.contains(#"bitetrack_rest_requests_total{outcome="cached"} 2"#), "\(metrics.body)")
        #expect(metrics.body.contains("bitetrack_rest_clients 2"))
        #expect(await demo.sidecar.stop() == 0)
        for token in [admin, user] { #expect(!demo.sidecar.log.contains(token)) }
    }

    @Test("what is kept in gzip goes out in gzip, or as it was, with the same tag")
    func gzip() async throws {
        let demo = try await Demo.start()
        let client = CurlClient(url: demo.url, certificate: demo.certificate)
        let token = try await self.login(client, email: demo.email, password: demo.password)
        let first = try await self.get(client, "/customers", token)
        for version in ["--http1.1", "--http2"] {
            let packed = try await self.get(client, "/customers", token, [version, "--compressed"])
            #expect(packed["content-encoding"] == "gzip" && packed.body == first.body)
            #expect(packed["etag"] == first["etag"] && packed["cache-status"]?.contains("hit") == true)
            #expect(packed.headers.lowercased().contains("vary: accept-encoding"))
            #expect((packed["content-length"].flatMap { Int($0) } ?? .max) < first.body.utf8.count / 2)
            let plain = try await self.get(client, "/customers", token, [version])
            #expect(plain["content-encoding"] == nil && plain.body == first.body && plain["etag"] == first["etag"])
            let same = try await self.get(
                client, "/customers", token,
                [version, "--compressed", "--header", "If-None-Match: \(first["etag"] ?? "")"])
            #expect(same.status == 304 && same.body.isEmpty)
        }
    }

    @Test(
        "an operator with the token drops what is kept, by route, group or all; without a token there is no such path")
    func purge() async throws {
        let secret = "an-operators-secret-token"
        let demo = try await Demo.start(environment: ["ADMIN_TOKEN": secret])
        let client = CurlClient(url: demo.url, certificate: demo.certificate)
        let token = try await self.login(client, email: demo.email, password: demo.password)
        func purge(_ body: String, _ token: String = secret) async throws -> CurlClient.Answer {
            try await client.request(["--header", "Authorization: Bearer \(token)"], path: "/admin/purge", body: body)
        }
        for path in ["/customers", "/products", "/sales", "/sales?limit=3&sort=totalAmount"] {
            #expect(try await self.get(client, path, token).status == 200)
        }
        #expect(try await purge(#"{"route":"GET /sales"}"#).json == ["dropped": 2])
        #expect(try await self.get(client, "/customers", token)["cache-status"]?.contains("hit") == true)
        #expect(try await purge(#"{"group":"customers"}"#).json == ["dropped": 1])
        #expect(try await self.get(client, "/customers", token)["cache-status"]?.contains("fwd=miss") == true)
        #expect(try await purge(#"{"all":true}"#).json == ["dropped": 2])
        for body in ["", "{}", #"{"route":"GET /nowhere"}"#, #"{"group":"x"}"#, #"{"all":true,"group":"sales"}"#, "[]"]
        {
            #expect(try await purge(body).status == 400, "\(body)")
        }
        for wrong in ["", "x", secret + "x", String(secret.dropLast())] {
            #expect(try await purge(#"{"all":true}"#, wrong).status == 401)
        }
        #expect(try await client.request([], path: "/admin/purge").status == 405)
        #expect(await demo.sidecar.stop() == 0)
        #expect(!demo.sidecar.log.contains(secret))

        let without = try await Demo.start()
        let other = CurlClient(url: without.url, certificate: without.certificate)
        #expect(try await other.request([], path: "/admin/purge", body: "{}").status == 404)
    }

    @Test("bodies of the API's paths and of the administrator arrive also where a proxy takes every other path")
    func besideProxy() async throws {
        let file = try TemporaryFile("[[proxy]]\npath = \"/\"\norigin = \"http://127.0.0.1:1\"\n")
        let secret = "an-operators-secret-token"
        let demo = try await Demo.start(["--config", file.path], environment: ["ADMIN_TOKEN": secret])
        let client = CurlClient(url: demo.url, certificate: demo.certificate)
        let token = try await self.login(client, email: demo.email, password: demo.password)
        #expect(try await self.get(client, "/customers", token).status == 200)
        let purged = try await client.request(
            ["--header", "Authorization: Bearer \(secret)"], path: "/admin/purge", body: #"{"all":true}"#)
        #expect(purged.json == ["dropped": 1], "\(purged)")
        #expect(try await client.request([], path: "/elsewhere").status == 502)
    }

    @Test("where the API's paths are off there are none; pages of other sites are refused, allowed ones are told so")
    func switches() async throws {
        let file = try TemporaryFile("[rest]\nenabled = false\n")
        let off = try await Demo.start(["--config", file.path])
        let client = CurlClient(url: off.url, certificate: off.certificate)
        #expect(try await client.request([], path: "/api/v2/health").status == 404)

        let demo = try await Demo.start()
        let pages = CurlClient(url: demo.url, certificate: demo.certificate)
        let foreign = try await pages.request(["--header", "Origin: https://evil.test"], path: "/api/v2/health")
        #expect(foreign.status == 403 && foreign["access-control-allow-origin"] == nil)
        let own = try await pages.request(["--header", "Origin: http://localhost:5173"], path: "/api/v2/health")
        #expect(own.status == 200 && own["access-control-allow-origin"] == "http://localhost:5173")
        let preflight = try await pages.request(
            [
                "--request", "OPTIONS", "--header", "Origin: http://localhost:5173", "--header",
                "Access-Control-Request-Method: PATCH",
            ], path: "/api/v2/sales")
        #expect(preflight.status == 204)
        #expect(preflight["access-control-allow-methods"]?.contains("PATCH") == true)
        #expect(preflight["access-control-allow-headers"]?.contains("Authorization") == true)
    }

    @Test("a script's cache and an HTTP client's are two, even of one account")
    func apart() async throws {
        let demo = try await Demo.start()
        var client = CurlClient(url: demo.url, certificate: demo.certificate)
        let token = try await self.login(client, email: demo.email, password: demo.password)
        #expect(try await self.get(client, "/products", token).status == 200)
        _ = try await client.initialize()
        let run = try await client.run(
            """
            import * as auth from "./tools/auth";
            import { getProducts } from "./tools/products/getProducts.js";
            await auth.login({ email: "\(demo.email)", password: "\(demo.password)" });
            (await getProducts()).length;
            """)
        #expect(run.structured?["cost"]?["upstreamCalls"] == 2, "\(run.text)")
    }
}
