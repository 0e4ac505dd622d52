import JSON
import NIOHTTP1
import Testing

/// A response that is still coming, read event by event.
final class EventStream {
    let status: Int
    let headers: HTTPHeaders
    /// Everything read so far, comments included.
    private(set) var history: [Event] = []
    private let connection: Connection
    private var parser = EventParser()
    private(set) var hasEnded = false

    init(connection: Connection, status: Int, headers: HTTPHeaders) {
        self.connection = connection
        self.status = status
        self.headers = headers
    }

    var isEventStream: Bool { self.header("content-type")?.hasPrefix("text/event-stream") == true }

    func header(_ name: String) -> String? { self.headers.first(name: name) }

    func close() async { await self.connection.close() }

    /// The next event; nil at the end of the stream.
    ///
    /// - Throws: ``Connection/NoAnswer`` when neither comes in time.
    func next(within limit: Duration = Connection.patience) async throws -> Event? {
        while let event = try await self.nextBlock(within: limit) {
            if event.comment == nil || event.data != nil { return event }
        }
        return nil
    }

    /// The next comment that is sent to keep the connection open.
    func nextComment(within limit: Duration) async throws -> Event? {
        while let event = try await self.nextBlock(within: limit) {
            if event.comment != nil { return event }
        }
        return nil
    }

    /// The next event that carries a JSON-RPC message.
    func nextMessage(within limit: Duration = Connection.patience) async throws -> JSONValue? {
        while let event = try await self.next(within: limit) {
            if let json = event.json { return json }
            #expect((event.data ?? "").isEmpty, "an event that is no JSON: \(event)")
        }
        return nil
    }

    /// The next message with that method.
    func nextMessage(method: String, within limit: Duration = Connection.patience) async throws -> JSONValue? {
        while let message = try await self.nextMessage(within: limit) {
            if message["method"]?.stringValue == method { return message }
        }
        return nil
    }

    /// The next response, what comes before it left out.
    func nextReply() async throws -> JSONValue? {
        while let message = try await self.nextMessage() {
            if message["method"] == nil { return message }
        }
        return nil
    }

    /// Every message until the stream ends.
    func allMessages() async throws -> [JSONValue] {
        var messages: [JSONValue] = []
        while let message = try await self.nextMessage() { messages.append(message) }
        return messages
    }

    /// What comes within `limit`, until then or the end.
    func messages(for limit: Duration) async throws -> [JSONValue] {
        let deadline = ContinuousClock.now + limit
        var messages: [JSONValue] = []
        while ContinuousClock.now < deadline {
            do {
                guard let message = try await self.nextMessage(within: deadline - ContinuousClock.now) else { break }
                messages.append(message)
            } catch is Connection.NoAnswer where !self.connection.isClosed {
                break
            }
        }
        return messages
    }

    /// Reads a response that is not a stream of events to its end.
    func readAnswer() async throws -> Answer {
        var body: [UInt8] = []
        while let piece = try await self.connection.readBody() { body += piece }
        return Answer(status: self.status, headers: self.headers, body: body)
    }

    private func nextBlock(within limit: Duration) async throws -> Event? {
        while true {
            if let event = self.parser.next() {
                self.history.append(event)
                return event
            }
            if self.hasEnded { return nil }
            guard let bytes = try await self.connection.readBody(within: limit) else {
                self.hasEnded = true
                return nil
            }
            self.parser.feed(bytes)
        }
    }
}
