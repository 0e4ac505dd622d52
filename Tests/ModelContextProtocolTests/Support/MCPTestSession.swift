import JSON
import NIOCore
import NIOHTTP1
import Testing

/// A legacy session over Streamable HTTP, spoken by hand.
struct MCPTestSession {
    let client: HTTPClient
    let id: String
    var extraHeaders: HTTPHeaders = [:]

    static let postHeaders: HTTPHeaders = [
        "content-type": "application/json", "accept": "application/json, text/event-stream",
    ]

    static func initialize(_ version: String, id: String = "1") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"initialize","params":{"protocolVersion":"\#(version)","#
            + #""capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#
    }

    static func open(
        _ client: HTTPClient, version: String = "2025-11-25", path: String = "/mcp", headers: HTTPHeaders = [:]
    ) async throws -> MCPTestSession {
        var all = self.postHeaders
        all.add(contentsOf: headers)
        let response = try await client.send(.POST, path, headers: all, body: self.initialize(version))
        try #require(response.status == 200)
        let id = try #require(response.headers.first(name: "mcp-session-id"))
        return MCPTestSession(client: client, id: id, extraHeaders: headers)
    }

    var headers: HTTPHeaders {
        var headers = MCPTestSession.postHeaders
        headers.add(name: "mcp-session-id", value: self.id)
        headers.add(contentsOf: self.extraHeaders)
        return headers
    }

    func post(_ body: String, headers: HTTPHeaders? = nil) async throws -> HTTPClient.Response {
        try await self.client.send(.POST, "/mcp", headers: headers ?? self.headers, body: body)
    }

    /// Sends a request and returns the JSON of the answer.
    func request(_ method: String, _ params: String = "{}", id: String = "2") async throws -> JSONValue {
        let body = #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
        let response = try await self.post(body)
        try #require(response.status == 200)
        return try JSONValue(parsing: response.body)
    }

    /// Sends a tool call and returns when the head of the answer has come.
    func stream(tool: String, id: String = "2", meta: String = #"{"progressToken":0}"#) async throws -> EventReader {
        let body =
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","_meta":\#(meta)}}"#
        let stream = try await self.client.open(.POST, "/mcp", headers: self.headers, bytes: .init(string: body))
        try #require(stream.status == 200)
        try #require(stream.headers.first(name: "content-type") == "text/event-stream")
        return EventReader(stream)
    }
}
