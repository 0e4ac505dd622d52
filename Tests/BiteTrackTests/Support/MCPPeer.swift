import JSON
import ModelContextProtocol
import NIOCore
import NIOHTTP1
import NIOPosix

@testable import HTTPServer

/// A client at the far end of a request, without sockets: the handler gets whole requests and answers into this.
struct MCPPeer: Sendable {
    let mcp: MCPServer
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()

    init(_ mcp: MCPServer) { self.mcp = mcp }

    /// Sends a request of 2026-07-28.
    func ask(
        _ method: String, _ params: JSONObject = [:], capabilities: JSONValue = [:], progressToken: JSONValue? = nil
    ) async throws -> MCPReply {
        var meta: JSONObject = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": capabilities,
        ]
        meta["progressToken"] = progressToken
        var params = params
        params["_meta"] = .object(meta)
        var headers: HTTPHeaders = ["mcp-protocol-version": "2026-07-28", "mcp-method": method]
        if let name = (params["name"] ?? params["uri"] ?? params["taskId"])?.stringValue {
            headers.add(name: "mcp-name", value: name)
        }
        return try await self.post(method, params, headers)
    }

    /// Opens a legacy session; its requests carry the headers returned.
    func open(_ revision: String = "2025-11-25", capabilities: JSONValue = [:]) async throws -> HTTPHeaders {
        let reply = try await self.post(
            "initialize",
            [
                "protocolVersion": .string(revision), "capabilities": capabilities,
                "clientInfo": ["name": "test", "version": "1"],
            ], [:])
        _ = await reply.end()
        let session = await reply.headers()["mcp-session-id"].first ?? ""
        return ["mcp-session-id": session, "mcp-protocol-version": revision]
    }

    func post(_ method: String, _ params: JSONObject, _ headers: HTTPHeaders) async throws -> MCPReply {
        try await self.post(
            ["jsonrpc": "2.0", "id": 7, "method": .string(method), "params": .object(params)], headers)
    }

    func post(_ message: JSONValue, _ headers: HTTPHeaders) async throws -> MCPReply {
        var headers = headers
        headers.add(name: "host", value: "localhost")
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "accept", value: "application/json, text/event-stream")
        let request = HTTPRequest(
            method: .POST, path: "/mcp", headers: headers, body: ByteBuffer(bytes: message.serialized))
        let eventLoop = self.eventLoop
        return try await eventLoop.submit { [mcp = self.mcp] in
            let sink = ReplySink()
            let exchange = Exchange(sink: sink, eventLoop: eventLoop)
            let reply = MCPReply(exchange: exchange, sink: sink)
            mcp.handle(
                request, HTTPResponder(exchange: exchange, limits: HTTPServerConfiguration.Limits()))
            return reply
        }.get()
    }
}
