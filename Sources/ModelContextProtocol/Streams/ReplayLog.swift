import NIOCore

/// Decides what a client that lost a stream can be told again: the last messages of a session, up to a number of bytes.
struct ReplayLog {
    /// The place of a message: which stream, and how far into it.
    struct EventID: Equatable, Sendable {
        var stream: Int
        /// From 0, which is the beginning of the stream, before its first message.
        var sequence: Int
    }
    struct Event: Equatable, Sendable {
        let id: EventID
        let message: ByteBuffer
    }

    private struct Stream {
        var last = 0
        /// Messages up to this one are forgotten.
        var forgotten = 0
        var isComplete = false
    }

    /// Streams remembered; of older ones nothing is known any more.
    static let maximumStreams = 32

    private var events: [Event] = []
    private var streams: [Int: Stream] = [:]
    private var lastStream = 0
    private(set) var bytes = 0

    /// Begins a stream; its number is unlike all others of the session.
    ///
    /// - Parameter busy: streams that must not be forgotten to make room.
    mutating func open(keeping busy: Set<Int> = []) -> Int {
        self.lastStream += 1
        if self.streams.count >= Self.maximumStreams {
            let idle = self.streams.filter { !busy.contains($0.key) }
            let finished = idle.filter { $0.value.isComplete }.keys.min()
            if let stream = finished ?? idle.keys.min() { self.forget(stream) }
        }
        self.streams[self.lastStream] = Stream()
        return self.lastStream
    }

    /// Remembers a message sent on a stream, as long as it fits.
    mutating func append(_ message: ByteBuffer, to stream: Int, maximumBytes: Int) -> EventID {
        let sequence = (self.streams[stream]?.last ?? 0) + 1
        self.streams[stream]?.last = sequence
        let id = EventID(stream: stream, sequence: sequence)
        self.events.append(Event(id: id, message: message))
        self.bytes += message.readableBytes
        while self.bytes > maximumBytes, let oldest = self.events.first {
            self.events.removeFirst()
            self.bytes -= oldest.message.readableBytes
            self.streams[oldest.id.stream]?.forgotten = oldest.id.sequence
        }
        return id
    }

    /// Nothing more will come on a stream.
    mutating func complete(_ stream: Int) { self.streams[stream]?.isComplete = true }

    func isComplete(_ stream: Int) -> Bool { self.streams[stream]?.isComplete ?? true }

    /// The last place of a stream that is known.
    func lastID(of stream: Int) -> EventID { EventID(stream: stream, sequence: self.streams[stream]?.last ?? 0) }

    /// What followed `id` on its stream; nil when that is not known, or not any more.
    func events(after id: EventID) -> [Event]? {
        guard let stream = self.streams[id.stream], (stream.forgotten...stream.last).contains(id.sequence) else {
            return nil
        }
        return self.events.filter { $0.id.stream == id.stream && $0.id.sequence > id.sequence }
    }

    /// Forgets all messages; the streams go on.
    mutating func forgetMessages() {
        self.events = []
        self.bytes = 0
        self.streams = self.streams.mapValues { stream in
            var stream = stream
            stream.forgotten = stream.last
            return stream
        }
    }

    private mutating func forget(_ stream: Int) {
        self.streams[stream] = nil
        self.events.removeAll { $0.id.stream == stream }
        self.bytes = self.events.reduce(0) { $0 + $1.message.readableBytes }
    }
}
