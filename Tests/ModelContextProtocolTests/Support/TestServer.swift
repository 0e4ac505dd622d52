import HTTPServer
import JSON
import Logging
import NIOHTTP1
import Sessions

@testable import ModelContextProtocol

/// A real server on a free loopback port, with a few tools.
struct TestServer {
    let mcp: MCPServer
    let port: Int
    /// What happens inside: `slow started`, `slow cancelled`, `session ended` …; `release` lets slow calls finish.
    let signals: Signals
    let log: LogRecorder

    var client: HTTPClient { HTTPClient(port: self.port) }

    static func run(
        certificate: TestCertificate? = nil, _ configure: (inout MCPConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        var configuration = MCPConfiguration(serverName: "test-server", serverVersion: "1.0")
        configuration.instructions = "Test."
        configure(&configuration)
        let signals = Signals()
        let log = LogRecorder()
        let logger = log.logger
        let mcp = MCPServer(
            configuration: configuration, features: MCPFeatures(tools: self.tools(signals)), sealer: TestSealer(),
            logger: logger, onSessionEnd: { _ in signals.send("session ended") })
        var http = HTTPServerConfiguration()
        http.tls = certificate?.configuration
        let server = try await HTTPServer.start(configuration: http, handler: mcp, logger: logger)
        do {
            try await withDeadline(.seconds(60)) {
                try await body(TestServer(mcp: mcp, port: server.port, signals: signals, log: log))
            }
        } catch {
            await server.shutdown(deadline: .zero)
            throw error
        }
        await server.shutdown(deadline: .zero)
    }

    private static func tools(_ signals: Signals) -> [Tool] {
        let object: JSONValue = ["type": "object"]
        return [
            Tool(
                name: "echo", title: "Echo", description: "Says it back.", inputSchema: object,
                annotations: ToolAnnotations(readOnly: true)
            ) { .text(JSONValue.object($0.arguments).text) },
            Tool(name: "slow", description: "Waits for the signal to finish.", inputSchema: object) { call in
                signals.send("slow started")
                call.context.progress(0)
                await withTaskCancellationHandler {
                    await signals.wait("release")
                } onCancel: {
                    signals.send("slow cancelled")
                }
                signals.send("slow stopped")
                return .text("done")
            },
            Tool(name: "progress", description: "Reports thrice.", inputSchema: object) { call in
                for step in 1...3 { call.context.progress(Double(step), of: 3, "step \(step)") }
                call.context.progress(2, of: 3, "backwards")
                return .text("done")
            },
            Tool(name: "error", description: "Fails.", inputSchema: object) { _ in .error("It broke: try again.") },
            Tool(
                name: "structured", description: "Gives an object.", inputSchema: object,
                outputSchema: ["type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"]]
            ) { _ in
                ToolResult(content: [.text(#"{"n":1}"#)], structuredContent: ["n": 1])
            },
        ]
    }
}

struct DeadlinePassed: Error {}

/// Runs `body`, but for no longer than `limit`.
func withDeadline(_ limit: Duration, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await ContinuousClock().sleep(for: limit)
            throw DeadlinePassed()
        }
        try await group.next()
        group.cancelAll()
    }
}
