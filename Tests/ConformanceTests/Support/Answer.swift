import JSON
import NIOHTTP1

/// A whole HTTP response.
struct Answer: Sendable, CustomStringConvertible {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: self.body, as: UTF8.self) }
    var contentType: String? { self.header("content-type").map { String($0.prefix { $0 != ";" }).lowercased() } }
    var isEventStream: Bool { self.contentType == "text/event-stream" }
    var description: String { "HTTP \(self.status) \(self.contentType ?? "-") \(self.text.prefix(1500))" }

    func header(_ name: String) -> String? { self.headers.first(name: name) }

    /// The body as one JSON value; nil when it is not.
    var json: JSONValue? { try? JSONValue(parsing: self.body) }

    var events: [Event] {
        var parser = EventParser()
        parser.feed(self.body)
        var events: [Event] = []
        while let event = parser.next() { events.append(event) }
        return events
    }

    /// Every JSON-RPC message in the body, whichever form it has.
    var messages: [JSONValue] {
        if self.isEventStream { return self.events.compactMap(\.json) }
        guard let json else { return [] }
        return json.arrayValue ?? [json]
    }

    /// The message that answers the request.
    var reply: JSONValue? { self.messages.last { $0["method"] == nil } }
    var result: JSONValue? { self.reply?["result"] }
    var error: JSONValue? { self.reply?["error"] }
    var errorCode: Int? { self.error?["code"]?.intValue }
}
