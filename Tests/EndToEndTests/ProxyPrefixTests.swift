import Foundation
import JSON
import TestSupport
import Testing

/// Deployed behind a proxy that ends TLS and removes `/mcp`, as Traefik's StripPrefix does: nginx with its defaults.
struct ProxyPrefixTests {
    @Test("a client works through the proxy", arguments: RealClient.all.filter { $0.library == .mcp2 })
    func clients(client: RealClient) async throws {
        let demo = try await Demo.start(["--plain-http"])
        let nginx = try await Nginx(upstream: demo.url.replacing("/mcp", with: ""))
        let address = client.transport == .sse ? nginx.url + "/sse" : nginx.url
        let seen = try await client.take(
            "product", address: address, certificate: nginx.certificate, account: [demo.email, demo.password])
        #expect(seen["connected"]?["revision"]?.stringValue == client.revision)
        #expect(seen.text("run").hasPrefix("2\n"))
    }

    @Test("the endpoint that HTTP+SSE announces carries the prefix, and arrives although the stream goes on")
    func endpoint() async throws {
        let demo = try await Demo.start(["--plain-http"])
        let nginx = try await Nginx(upstream: demo.url.replacing("/mcp", with: ""))
        let seen = try await Self.proxied("endpoint", nginx.url + "/sse", certificate: nginx.certificate)
        #expect(seen["endpoint"]?["event"] == "endpoint")
        #expect(seen["endpoint"]?["data"]?.stringValue?.hasPrefix("/mcp/messages?") == true, "\(seen.text)")
        #expect(seen["posted"] == 202)
        #expect(seen["answer"]?["result"] == [:])
    }

    @Test("progress arrives while the call goes on", arguments: ["2025-06-18", "2025-11-25", "2026-07-28"])
    func progress(revision: String) async throws {
        let server = try await Everything()
        let nginx = try await Nginx(upstream: server.url.replacing("/mcp", with: ""))
        let seen = try await Self.proxied(revision, nginx.url, certificate: nginx.certificate)
        let first = try #require(seen["progress"]?.arrayValue?.first?.doubleValue)
        let answered = try #require(seen["answered"]?.arrayValue?.first?.doubleValue)
        // The tool works for a while after it first reports; a proxy that collects would pass on both at once.
        #expect(seen["progress"]?.arrayValue?.count == 3 && answered - first > 0.03, "\(seen.text)")
    }

    @Test("a call outlives the proxy: the client comes back for what it missed")
    func dropped() async throws {
        let server = try await Everything()
        let nginx = try await Nginx(upstream: server.url.replacing("/mcp", with: ""))
        let result = try await Command.run(
            Project.python, [Project.client("dropped.py"), nginx.url, String(nginx.processID)] + nginx.commandLine,
            environment: ["SSL_CERT_FILE": nginx.certificate, "PYTHONDONTWRITEBYTECODE": "1"], seconds: 45)
        try #require(result.status == 0, "\(result.errors)\n\(nginx.log)")
        let seen = try JSONValue(parsing: result.output.trimmingCharacters(in: .newlines))
        #expect(seen["text"] == "beans took 4 s." && seen["calls"] == 1)
        // The call's stream and the session's own.
        #expect(seen["resumed"] == 2)
        // Nothing is lost and nothing is told twice.
        #expect(seen["progress"]?.arrayValue?.compactMap(\.doubleValue) == (0..<10).map(Double.init), "\(seen.text)")
    }

    /// Runs the script that talks without a client library.
    static func proxied(_ kind: String, _ address: String, certificate: String) async throws -> JSONValue {
        let result = try await Command.run(
            Project.python, [Project.client("proxied.py"), kind, address],
            environment: ["SSL_CERT_FILE": certificate])
        try #require(result.status == 0, "\(result.output)\n\(result.errors)")
        return try JSONValue(parsing: result.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
