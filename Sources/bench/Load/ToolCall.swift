import JSON
import NIOCore

/// One `tools/call`, to be made into the bytes of a request.
struct ToolCall {
    let tool: String
    let arguments: JSONValue

    /// Inside a session (2025-11-25).
    func request(to target: LoadTarget, sessionID: String) -> ByteBuffer {
        let message = self.message(["name": .string(self.tool), "arguments": self.arguments])
        return RequestBytes.post(message, to: target, headers: RequestBytes.session(sessionID))
    }

    /// On its own (2026-07-28).
    func statelessRequest(to target: LoadTarget) -> ByteBuffer {
        let revision = "2026-07-28"
        let message = self.message([
            "name": .string(self.tool), "arguments": self.arguments,
            "_meta": [
                "io.modelcontextprotocol/protocolVersion": .string(revision),
                "io.modelcontextprotocol/clientInfo": ["name": "bench", "version": "1"],
                "io.modelcontextprotocol/clientCapabilities": [:],
            ],
        ])
        return RequestBytes.post(
            message, to: target,
            headers: [("MCP-Protocol-Version", revision), ("Mcp-Method", "tools/call"), ("Mcp-Name", self.tool)])
    }

    private func message(_ params: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params]
    }
}
