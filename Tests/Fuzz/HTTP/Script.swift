/// What happens to a connection, as a corpus file writes it: the client's bytes, and marks for everything else.
struct Script {
    enum Event: Equatable {
        /// Bytes that arrive in one read.
        case bytes([UInt8])
        /// `~h`: the client ends its side.
        case halfClose
        /// `~x`: the connection is gone.
        case close
        /// `~u`: the client stops reading; `~w`: it reads again.
        case unwritable, writable
        /// `~d`: the time is up.
        case deadline
        /// `~q`: the server shuts down.
        case quiesce
        /// `~a`: the oldest request that waits is answered.
        case answer
        /// `~s`: an event is sent on the streams that are open; `~f`: they end.
        case send, finish
    }

    private(set) var events: [Event] = []

    /// `~.` ends a read, `~~` is a tilde; a tilde before anything else is one as well.
    init(_ text: [UInt8]) {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~"), let mark = rest.first else {
                bytes.append(byte)
                continue
            }
            guard let event = Self.event(mark) else {
                bytes.append(byte)
                if mark == UInt8(ascii: "~") { rest.removeFirst() }
                continue
            }
            rest.removeFirst()
            self.events += [.bytes(bytes)] + event
            bytes = []
        }
        self.events.append(.bytes(bytes))
        self.events.removeAll { $0 == .bytes([]) }
    }

    /// The same in small reads; of a single byte, unless that would take long.
    var piecemeal: Script {
        var script = self
        script.events = self.events.flatMap { event -> [Event] in
            guard case .bytes(let bytes) = event else { return [event] }
            let step = 1 + bytes.count / 256
            return stride(from: 0, to: bytes.count, by: step).map {
                .bytes(Array(bytes[$0..<min($0 + step, bytes.count)]))
            }
        }
        return script
    }

    /// Whether a part of a request counts as one depends on the read it came with, and so does what its end is.
    var dependsOnReads: Bool { self.events.contains(.deadline) }

    private static func event(_ mark: UInt8) -> [Event]? {
        switch mark {
        case UInt8(ascii: "."): []
        case UInt8(ascii: "h"): [.halfClose]
        case UInt8(ascii: "x"): [.close]
        case UInt8(ascii: "u"): [.unwritable]
        case UInt8(ascii: "w"): [.writable]
        case UInt8(ascii: "d"): [.deadline]
        case UInt8(ascii: "q"): [.quiesce]
        case UInt8(ascii: "a"): [.answer]
        case UInt8(ascii: "s"): [.send]
        case UInt8(ascii: "f"): [.finish]
        default: nil
        }
    }
}
