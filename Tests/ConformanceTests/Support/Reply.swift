import JSON

/// What a request came to: its answer, and what arrived on the way.
struct Reply: CustomStringConvertible {
    /// The HTTP status; 200 for answers on an HTTP+SSE stream.
    let status: Int
    /// The JSON-RPC response.
    let message: JSONValue
    /// Notifications and server requests on the same stream before the response.
    let earlier: [JSONValue]
    /// Server-sent events, if the answer had that form.
    let events: [Event]

    var result: JSONValue? { self.message["result"] }
    var error: JSONValue? { self.message["error"] }
    var errorCode: Int? { self.error?["code"]?.intValue }
    var content: [JSONValue] { self.result?["content"]?.arrayValue ?? [] }
    /// All text blocks, one after the other.
    var text: String { self.content.compactMap { $0["text"]?.stringValue }.joined(separator: "\n") }
    var isError: Bool { self.result?["isError"] == true }
    var resultType: String? { self.result?["resultType"]?.stringValue }
    var description: String { "HTTP \(self.status) \(self.message.text.prefix(1500))" }

    /// The parameters of the notifications with that method.
    func notifications(_ method: String) -> [JSONValue] {
        self.earlier.filter { $0["method"]?.stringValue == method }.compactMap { $0["params"] }
    }
}
