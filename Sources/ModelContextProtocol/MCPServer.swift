package import HTTPServer
package import JSON
package import Logging
package import Sessions

/// A Model Context Protocol server over HTTP: Streamable HTTP at `/mcp` and `/`, HTTP+SSE at `/sse` and `/messages`.
///
/// Knows JSON-RPC, revisions, sessions and transports; what the tools do is the caller's.
package final class MCPServer: HTTPHandler {
    package init(
        configuration: MCPConfiguration, tools: [Tool], logger: Logger,
        onSessionEnd: @escaping @Sendable (SessionID) -> Void
    ) { fatalError() }

    /// Paths this handler answers; the caller routes everything else elsewhere.
    package static let paths: Set<String> = ["/", "/mcp", "/sse", "/messages"]

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) { fatalError() }

    /// Live sessions, for `/health`.
    package var sessionCount: Int { fatalError() }

    /// Sweeps idle sessions until cancelled, then ends every session and stream.
    package func run() async throws { fatalError() }
}

/// What the server says of itself and allows.
package struct MCPConfiguration: Sendable {
    package var serverName: String
    package var serverTitle: String?
    package var serverVersion: String
    /// Shown to the model by the client, once.
    package var instructions: String?
    package var sessions = SessionLimits()
    /// Names other than loopback ones that `Host` may carry; empty together with ``allowsAnyHost`` false means loopback only.
    package var allowedHosts: Set<String> = []
    package var allowsAnyHost = false
    /// Browser origins that may call; loopback origins always may.
    package var allowedOrigins: Set<String> = []

    package init(serverName: String, serverVersion: String) {
        self.serverName = serverName
        self.serverVersion = serverVersion
    }
}

/// One tool: what clients are told of it, and what it does.
package struct Tool: Sendable {
    package var name: String
    package var title: String?
    package var description: String
    package var inputSchema: JSONValue
    package var outputSchema: JSONValue?
    package var annotations: ToolAnnotations
    package var call: @Sendable (ToolCall) async -> ToolResult

    package init(
        name: String, title: String? = nil, description: String, inputSchema: JSONValue, outputSchema: JSONValue? = nil,
        annotations: ToolAnnotations = ToolAnnotations(), call: @escaping @Sendable (ToolCall) async -> ToolResult
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.call = call
    }
}

/// Hints for clients; claims, not promises.
package struct ToolAnnotations: Sendable {
    package var readOnly: Bool?
    package var destructive: Bool?
    package var idempotent: Bool?
    package var openWorld: Bool?

    package init(readOnly: Bool? = nil, destructive: Bool? = nil, idempotent: Bool? = nil, openWorld: Bool? = nil) {
        self.readOnly = readOnly
        self.destructive = destructive
        self.idempotent = idempotent
        self.openWorld = openWorld
    }
}

/// One call of a tool. Cancellation of the client's request cancels the task the tool runs in.
package struct ToolCall: Sendable {
    /// An object; empty when the client sent none.
    package let arguments: JSONObject
    package let session: SessionID
    /// Sends `notifications/progress` when the client asked for it; does nothing otherwise.
    package let progress: @Sendable (_ progress: Double, _ total: Double?, _ message: String?) -> Void

    package init(
        arguments: JSONObject, session: SessionID,
        progress: @escaping @Sendable (Double, Double?, String?) -> Void = { _, _, _ in }
    ) {
        self.arguments = arguments
        self.session = session
        self.progress = progress
    }
}

/// What a tool answers.
package struct ToolResult: Sendable {
    package enum Content: Sendable {
        case text(String)
        case image(base64: String, mimeType: String)
    }
    package var content: [Content]
    /// An object that fits the tool's output schema.
    package var structuredContent: JSONValue?
    package var isError: Bool

    package init(content: [Content], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    package static func text(_ text: String) -> ToolResult { ToolResult(content: [.text(text)]) }
    package static func error(_ text: String) -> ToolResult { ToolResult(content: [.text(text)], isError: true) }
}
