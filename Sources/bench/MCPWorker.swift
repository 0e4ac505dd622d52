import JSON
import NIOCore
import NIOHTTP1

/// One MCP session of the load: opens it, then repeats one call until told to stop.
final class MCPWorker {
    private let target: LoadTarget
    private let loop: any EventLoop
    private var connection: LoadConnection?
    private var sessionID: String?

    init(target: LoadTarget, loop: any EventLoop) {
        self.target = target
        self.loop = loop
    }

    private func head(_ length: Int) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "host": "localhost:\(self.target.port)", "content-type": "application/json",
            "accept": "application/json, text/event-stream", "content-length": String(length),
        ]
        if let sessionID {
            headers.add(name: "mcp-session-id", value: sessionID)
            headers.add(name: "mcp-protocol-version", value: "2025-11-25")
        }
        return HTTPRequestHead(version: .http1_1, method: .POST, uri: self.target.path, headers: headers)
    }

    private func post(_ message: JSONValue, then: @escaping LoadConnection.Completion) {
        let body = ByteBuffer(bytes: message.serialized)
        self.connection?.send(self.head(body.readableBytes), body, then: then)
    }

    /// Connects and initializes the session; `then` gets an error text or nil.
    func open(then: @escaping (String?) -> Void) {
        LoadConnection.open(self.target, on: self.loop) { result in
            guard case .success(let connection) = result else { return then("cannot connect: \(result)") }
            self.connection = connection
            self.post([
                "jsonrpc": "2.0", "id": 0, "method": "initialize",
                "params": [
                    "protocolVersion": "2025-11-25", "capabilities": [:],
                    "clientInfo": ["name": "bench", "version": "1"],
                ],
            ]) { result in
                guard case .success(let response) = result, response.head?.status == .ok else {
                    return then("initialize failed: \(MCPWorker.describe(result))")
                }
                self.sessionID = response.head?.headers.first(name: "mcp-session-id")
                self.post(["jsonrpc": "2.0", "method": "notifications/initialized"]) { result in
                    guard case .success(let response) = result, response.head?.status == .accepted else {
                        return then("initialized failed: \(MCPWorker.describe(result))")
                    }
                    then(nil)
                }
            }
        }
    }

    /// Calls a tool; `then` gets an error text or nil.
    func call(_ body: ByteBuffer, then: @escaping (String?) -> Void) {
        guard let connection else { return then("not connected") }
        connection.send(self.head(body.readableBytes), body) { result in
            guard case .success(let response) = result, response.head?.status == .ok else {
                return then(MCPWorker.describe(result))
            }
            then(MCPWorker.failure(in: response.body))
        }
    }

    func close() {
        self.connection?.close()
        self.connection = nil
        self.sessionID = nil
    }

    /// The body when it tells of an error; looked for as text, since the load generator must stay cheap.
    private static func failure(in body: ByteBuffer) -> String? {
        let text = String(buffer: body)
        return text.contains("\"isError\":true") || text.contains("\"error\":{") ? String(text.prefix(300)) : nil
    }

    private static func describe(_ result: Result<LoadResponse, any Error>) -> String {
        switch result {
        case .success(let response):
            "HTTP \(response.head?.status.code ?? 0) \(String(buffer: response.body).prefix(300))"
        case .failure(let error): "\(error)"
        }
    }
}
