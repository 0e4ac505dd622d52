import JSON
import NIOCore

/// Whole requests as bytes, made once and sent often.
enum RequestBytes {
    typealias Header = (name: String, value: String)

    static let sessionRevision = "2025-11-25"

    /// The headers of a request inside a session.
    static func session(_ id: String?) -> [Header] {
        guard let id else { return [] }
        return [("Mcp-Session-Id", id), ("MCP-Protocol-Version", self.sessionRevision)]
    }

    static func post(_ message: JSONValue, to target: LoadTarget, headers: [Header] = []) -> ByteBuffer {
        self.post(message.serialized, type: "application/json", to: target, headers: headers)
    }

    /// A script as it is, for peers that do not speak MCP.
    static func post(script: String, to target: LoadTarget) -> ByteBuffer {
        self.post(Array(script.utf8), type: "text/javascript", to: target, headers: [])
    }

    private static func post(
        _ body: [UInt8], type: String, to target: LoadTarget, headers: [Header]
    ) -> ByteBuffer {
        var request = self.head("POST \(target.path)", target)
        let own: [Header] = [
            ("Content-Type", type), ("Accept", "application/json, text/event-stream"),
            ("Content-Length", String(body.count)),
        ]
        for (name, value) in own + headers { request.writeString("\(name): \(value)\r\n") }
        request.writeStaticString("\r\n")
        request.writeBytes(body)
        return request
    }

    static func get(_ path: String, from target: LoadTarget, accept: String) -> ByteBuffer {
        var request = self.head("GET \(path)", target)
        request.writeString("Accept: \(accept)\r\n\r\n")
        return request
    }

    private static func head(_ line: String, _ target: LoadTarget) -> ByteBuffer {
        ByteBuffer(string: "\(line) HTTP/1.1\r\nHost: localhost:\(target.port)\r\n")
    }
}
