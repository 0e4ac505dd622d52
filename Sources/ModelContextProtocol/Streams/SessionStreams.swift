import HTTPServer
import NIOCore

/// The streams of one Streamable HTTP session: what was sent, and which responses carry them now.
struct SessionStreams {
    /// Tells the ids of this session from those of others.
    let mark: String
    let hasPrimingEvents: Bool
    let maximumBytes: Int
    private var log = ReplayLog()
    private var attachments: [Int: StreamAttachment] = [:]
    private var hasEnded = false

    init(mark: String, revision: ProtocolRevision, maximumBytes: Int) {
        self.mark = mark
        self.hasPrimingEvents = revision.hasPrimingEvents
        self.maximumBytes = maximumBytes
    }

    var bytes: Int { self.log.bytes }

    /// Begins a stream on a response; clients that know it get an event to come back to before there is another.
    mutating func open(on attachment: StreamAttachment) -> Int {
        let number = self.log.open(keeping: Set(self.attachments.keys))
        self.attachments[number] = attachment
        if self.hasPrimingEvents {
            attachment.send(ServerSentEvent(id: self.name(self.log.lastID(of: number)), data: ByteBuffer()))
        }
        return number
    }

    /// - Parameter mayGrow: whether more may be kept than now; otherwise older messages make room.
    mutating func send(_ message: ByteBuffer, on number: Int, mayGrow: Bool) {
        let maximum = self.hasEnded ? 0 : mayGrow ? self.maximumBytes : min(self.maximumBytes, self.log.bytes)
        let id = self.log.append(message, to: number, maximumBytes: maximum)
        self.attachments[number]?.send(ServerSentEvent(event: "message", id: self.name(id), data: message))
    }

    /// Ends a stream after its last message; it can still be asked for again.
    mutating func finish(_ number: Int) {
        self.log.complete(number)
        self.attachments.removeValue(forKey: number)?.finish()
    }

    /// Ends the response that carries a stream, not the stream, and says when to come back.
    mutating func disconnect(_ number: Int, retryAfter: Duration) {
        guard self.hasPrimingEvents, let attachment = self.attachments.removeValue(forKey: number) else { return }
        let milliseconds = Int(retryAfter / .milliseconds(1))
        attachment.send(
            ServerSentEvent(id: self.name(self.log.lastID(of: number)), retry: milliseconds, data: ByteBuffer()))
        attachment.finish()
    }

    /// A response is gone; does nothing when another carries the stream by now.
    mutating func detach(_ attachment: StreamAttachment, from number: Int) {
        if self.attachments[number] === attachment { self.attachments[number] = nil }
    }

    /// The place that an event id names and what a client at this place has missed; nil when that is not known.
    func missed(after text: String) -> (stream: Int, events: [ReplayLog.Event])? {
        guard let id = EventName.parse(text, mark: self.mark), let events = self.log.events(after: id) else {
            return nil
        }
        return (id.stream, events)
    }

    /// Goes on with a stream on another response.
    mutating func resume(_ number: Int, _ events: [ReplayLog.Event], on attachment: StreamAttachment) {
        self.attachments.removeValue(forKey: number)?.finish()
        for event in events {
            attachment.send(ServerSentEvent(event: "message", id: self.name(event.id), data: event.message))
        }
        if self.log.isComplete(number) { attachment.finish() } else { self.attachments[number] = attachment }
    }

    /// The session has ended: nothing is kept any more; what still runs ends its own stream with its answer.
    mutating func end() {
        self.hasEnded = true
        self.log.forgetMessages()
    }

    func isAttached(_ number: Int) -> Bool { self.attachments[number] != nil }

    private func name(_ id: ReplayLog.EventID) -> String { EventName.text(id, mark: self.mark) }
}
