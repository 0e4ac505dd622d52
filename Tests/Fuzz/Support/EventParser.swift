/// Reads an event stream the way clients are told to (WHATWG HTML, section 9.2.6), byte by byte.
package struct EventParser {
    package struct Event: Equatable {
        package var type: [UInt8]
        /// The last id seen when the event came.
        package var id: [UInt8]
        package var data: [UInt8]

        package init(type: [UInt8], id: [UInt8], data: [UInt8]) {
            (self.type, self.id, self.data) = (type, id, data)
        }
    }
    /// Events so far.
    package private(set) var events: [Event] = []
    package private(set) var retry: Int?

    private var line: [UInt8] = []
    private var followsReturn = false
    private var type: [UInt8] = []
    private var id: [UInt8] = []
    private var data: [UInt8] = []

    package init() {}

    /// Whether the stream stands between two events, as it must at its end.
    package var isBetweenEvents: Bool { self.line.isEmpty && self.type.isEmpty && self.data.isEmpty }

    package mutating func read(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            defer { self.followsReturn = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where self.followsReturn: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): self.endLine()
            default: self.line.append(byte)
            }
        }
    }

    private mutating func endLine() {
        let line = self.line
        self.line = []
        guard !line.isEmpty else { return self.dispatch() }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return self.note(line, []) }
        // A line that starts with a colon is a comment.
        guard colon > 0 else { return }
        var value = line[(colon + 1)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        self.note(Array(line[..<colon]), Array(value))
    }

    private mutating func note(_ field: [UInt8], _ value: [UInt8]) {
        switch String(decoding: field, as: UTF8.self) {
        case "event": self.type = value
        case "data": self.data += value + [UInt8(ascii: "\n")]
        case "id": if !value.contains(0) { self.id = value }
        case "retry": self.retry = Int(String(decoding: value, as: UTF8.self)) ?? self.retry
        default: break
        }
    }

    private mutating func dispatch() {
        defer { (self.type, self.data) = ([], []) }
        guard self.data.popLast() != nil else { return }
        self.events.append(Event(type: self.type, id: self.id, data: self.data))
    }
}
