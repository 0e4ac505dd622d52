import JSON

/// One server-sent event, or one comment between events.
struct Event: Equatable, Sendable {
    /// The value of `event:`; nil when the field is absent.
    var type: String?
    var id: String?
    var retry: String?
    /// Nil when there is no `data:` field at all.
    var data: String?
    /// What follows the colon, for a block that is only a comment.
    var comment: String?

    var json: JSONValue? { self.data.flatMap { try? JSONValue(parsing: $0) } }

    /// An event that only tells the client its place in the stream.
    var isPriming: Bool { self.id != nil && (self.data ?? "").isEmpty }
}

/// Splits a byte stream into events (HTML standard, section 9.2).
struct EventParser {
    private var bytes: [UInt8] = []

    mutating func feed(_ bytes: [UInt8]) { self.bytes += bytes.filter { $0 != UInt8(ascii: "\r") } }

    /// The next complete event or comment.
    mutating func next() -> Event? {
        while let end = self.bytes.firstRange(of: [0x0A, 0x0A]) {
            let block = String(decoding: self.bytes[..<end.lowerBound], as: UTF8.self)
            self.bytes.removeSubrange(..<end.upperBound)
            if let event = EventParser.parse(block) { return event }
        }
        return nil
    }

    private static func parse(_ block: String) -> Event? {
        var event = Event()
        var isEmpty = true
        for line in block.split(separator: "\n") {
            isEmpty = false
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count > 1 ? parts[1] : ""
            if value.hasPrefix(" ") { value.removeFirst() }
            switch parts[0] {
            case "": event.comment = String(value)
            case "event": event.type = String(value)
            case "id": event.id = String(value)
            case "retry": event.retry = String(value)
            case "data": event.data = event.data.map { $0 + "\n" + value } ?? String(value)
            default: break
            }
        }
        return isEmpty ? nil : event
    }
}
