import Testing

@testable import ModelContextProtocol

/// The Python SDK 2.3.0 against the real server.
struct PythonSDKTests {
    static let tools = "tools echo error progress slow structured"

    @Test(
        "connects by Streamable HTTP, calls, hears progress, cancels", arguments: ["http", "https"], ["auto", "legacy"])
    func streamableHTTP(scheme: String, mode: String) async throws {
        let certificate = scheme == "https" ? try TestCertificate() : nil
        try await TestServer.run(certificate: certificate) { server in
            let output = try await PythonClient.run(
                "streamable_http.py", url: "\(scheme)://localhost:\(server.port)/mcp", mode: mode,
                certificateFile: certificate?.certificateFile)
            #expect(
                output == [
                    mode == "auto" ? "version 2026-07-28" : "version 2025-11-25", "server test-server", Self.tools,
                    "called", "structured", "failed",
                    "progressed", "refused", "cancelled", "closed",
                ])
            await server.signals.wait("slow cancelled")
            // The client ends its session with DELETE, if it has one.
            if mode == "legacy" { await server.signals.wait("session ended") }
            #expect(server.mcp.sessionCount == 0)
        }
    }

    @Test("connects by HTTP+SSE, calls, hears progress, cancels", arguments: ["http", "https"], ["auto", "legacy"])
    func httpSSE(scheme: String, mode: String) async throws {
        let certificate = scheme == "https" ? try TestCertificate() : nil
        try await TestServer.run(certificate: certificate) { server in
            let output = try await PythonClient.run(
                "sse.py", url: "\(scheme)://localhost:\(server.port)/sse", mode: mode,
                certificateFile: certificate?.certificateFile)
            #expect(
                output == ["version 2025-11-25", Self.tools, "called", "progressed", "cancelled", "closed"])
            await server.signals.wait("slow cancelled")
            await server.signals.wait("session ended")
            #expect(server.mcp.sessionCount == 0)
        }
    }
}
