import NIOCore

/// One HTTP/1.1 request, written as the test says, right or wrong.
struct Request: Sendable {
    var method = "POST"
    var path = "/mcp"
    /// In the order they are sent; `Host` and `Content-Length` are added unless given.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static let postHeaders: [(name: String, value: String)] = [
        ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
    ]

    /// A POST of one message with the headers every client sends.
    static func post(_ body: String, path: String = "/mcp", _ headers: [(name: String, value: String)] = []) -> Request
    {
        Request(path: path, headers: Request.postHeaders + headers, body: Array(body.utf8))
    }

    /// A GET that asks for a stream.
    static func stream(_ path: String = "/mcp", _ headers: [(name: String, value: String)] = []) -> Request {
        Request(method: "GET", path: path, headers: [("Accept", "text/event-stream")] + headers)
    }

    /// The same request with `name` given once as `value`, or not at all.
    func with(_ name: String, _ value: String?) -> Request {
        var copy = self
        copy.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        if let value { copy.headers.append((name, value)) }
        return copy
    }

    /// The same request with one more header line, whether or not the name is there already.
    func adding(_ name: String, _ value: String) -> Request {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// What goes over the wire.
    func bytes(authority: String) -> ByteBuffer {
        var buffer = ByteBuffer(string: "\(self.method) \(self.path) HTTP/1.1\r\n")
        func has(_ name: String) -> Bool { self.headers.contains { $0.name.lowercased() == name } }
        if !has("host") { buffer.writeString("Host: \(authority)\r\n") }
        for (name, value) in self.headers { buffer.writeString("\(name): \(value)\r\n") }
        let hasBody = !self.body.isEmpty || ["POST", "PUT", "PATCH"].contains(self.method)
        if hasBody, !has("content-length"), !has("transfer-encoding") {
            buffer.writeString("Content-Length: \(self.body.count)\r\n")
        }
        buffer.writeString("\r\n")
        buffer.writeBytes(self.body)
        return buffer
    }
}
