import JSON
import NIOHTTP1
import Testing

@testable import ModelContextProtocol

/// Host, Origin and CORS on every path.
struct GuardWireTests {
    static let paths = ["/", "/mcp", "/sse", "/messages?sessionId=x"]

    @Test("refuses foreign names and pages before anything else", arguments: paths)
    func refusal(path: String) async throws {
        try await TestServer.run { server in
            for method in [HTTPMethod.GET, .POST, .DELETE, .OPTIONS] {
                for bad in [HTTPHeaders([("host", "evil.example.com")]), ["origin": "http://evil.example.com"]] {
                    let response = try await server.client.send(method, path, headers: bad)
                    #expect(response.status == 403)
                    #expect(!response.headers.contains(name: "access-control-allow-origin"))
                    let answer = try JSONValue(parsing: response.body)
                    #expect(answer["error"]?["message"] != nil)
                }
            }
        }
    }

    @Test("a page of an allowed origin can open a session and read its id")
    func browser() async throws {
        try await TestServer.run { server in
            let origin: HTTPHeaders = ["origin": "http://localhost:6274"]
            let preflight = try await server.client.send(
                .OPTIONS, "/mcp",
                headers: origin + [
                    "access-control-request-method": "POST",
                    "access-control-request-headers": "content-type, mcp-protocol-version",
                ])
            #expect(preflight.status == 204)
            #expect(preflight.headers.first(name: "access-control-allow-origin") == "http://localhost:6274")
            let allowed = preflight.headers.first(name: "access-control-allow-headers") ?? ""
            #expect(allowed.contains("mcp-protocol-version") && allowed.contains("mcp-session-id"))
            let response = try await server.client.send(
                .POST, "/mcp", headers: MCPTestSession.postHeaders + origin,
                body: MCPTestSession.initialize("2025-11-25"))
            #expect(response.status == 200)
            #expect(response.headers.first(name: "access-control-allow-origin") == "http://localhost:6274")
            #expect(
                response.headers.first(name: "access-control-expose-headers")?.contains("Mcp-Session-Id") == true)
            let sse = try await server.client.open(
                .GET, "/sse", headers: origin + ["accept": "text/event-stream"])
            #expect(sse.headers.first(name: "access-control-allow-origin") == "http://localhost:6274")
            sse.close()
        }
    }

    @Test("serves configured names and origins")
    func configured() async throws {
        try await TestServer.run {
            $0.allowedHosts = ["shop.example"]
            $0.allowedOrigins = ["https://app.example"]
        } _: { server in
            let response = try await server.client.send(
                .POST, "/mcp",
                headers: MCPTestSession.postHeaders + ["host": "shop.example", "origin": "https://app.example"],
                body: MCPTestSession.initialize("2025-11-25"))
            #expect(response.status == 200)
        }
    }
}
