import JSON

/// Reads server-sent events from a response.
struct EventReader {
    struct Event: Equatable {
        var event = "message"
        var id: String?
        var data = ""

        var json: JSONValue? { try? JSONValue(parsing: self.data) }
    }
    private(set) var stream: HTTPClient.Stream
    private var text = ""

    init(_ stream: HTTPClient.Stream) { self.stream = stream }

    /// The next event, comments left out; nil at the end of the stream.
    mutating func next() async -> Event? {
        while true {
            while let end = self.text.firstRange(of: "\n\n") {
                let block = self.text[..<end.lowerBound]
                self.text = String(self.text[end.upperBound...])
                if let event = EventReader.parse(block) { return event }
            }
            guard let piece = await self.stream.next() else { return nil }
            self.text += piece
        }
    }

    /// Every event to the end of the stream.
    mutating func all() async -> [Event] {
        var events: [Event] = []
        while let event = await self.next() { events.append(event) }
        return events
    }

    private static func parse(_ block: Substring) -> Event? {
        var event = Event()
        var lines: [String] = []
        var isEvent = false
        for line in block.split(separator: "\n") where !line.hasPrefix(":") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = String((parts.count > 1 ? parts[1] : "").drop { $0 == " " })
            isEvent = true
            switch parts[0] {
            case "event": event.event = value
            case "id": event.id = value
            case "data": lines.append(value)
            default: break
            }
        }
        event.data = lines.joined(separator: "\n")
        return isEvent ? event : nil
    }
}
