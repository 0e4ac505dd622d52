/// What happens to one run, as a corpus file writes it: the guest's bytes, and marks for everything else.
struct ChannelScript {
    enum Event: Equatable {
        /// Bytes that arrive in one read.
        case bytes([UInt8])
        /// `~b`: the host begins the run, which it has done before everything else unless the file begins with `~n`.
        case begin
        /// `~a`: the oldest call is answered with a value; `~e`: with an error; `~g`: with more than is allowed.
        case answer, answerError, answerLarge
        /// `~c`: whoever wanted the run has left.
        case cancel
        /// `~x`: the guest closes its side.
        case close
        /// `~k`: its process was killed; `~z`: it ended with code 0; `~l`: the zygote is gone.
        case killed, exited, zygoteLost
        /// `~t`: the timer that is set goes off, which is the time limit while the script runs.
        case timer
    }

    private(set) var events: [Event] = []
    /// Places in the bytes being gathered where a read ends.
    private var splits: [Int] = []

    /// Reads a corpus file.
    ///
    /// `~.` ends a read. `~F`, a kind (`o` console, `c` call, `r` result, `f` failure, or the byte itself) and an id (a
    /// digit, or a byte) begin a frame that holds what comes until the next mark. `~~` is a tilde, and so is one before
    /// anything else.
    init(_ text: [UInt8]) {
        var bytes: [UInt8] = []
        // Where the frame that is being written begins.
        var frame: Int?
        var rest = text[...]
        func endFrame() {
            guard let start = frame else { return }
            let count = UInt32(bytes.count - start - 9)
            for (offset, shift) in [24, 16, 8, 0].enumerated() {
                bytes[start + offset] = UInt8(truncatingIfNeeded: count >> UInt32(shift))
            }
            frame = nil
        }
        if rest.starts(with: Array("~n".utf8)) { rest = rest.dropFirst(2) } else { self.events.append(.begin) }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~"), let mark = rest.first else {
                bytes.append(byte)
                continue
            }
            if mark == UInt8(ascii: "F") {
                rest.removeFirst()
                endFrame()
                frame = bytes.count
                let kind = rest.popFirst() ?? 0
                let id = rest.popFirst() ?? 0
                bytes += [0, 0, 0, 0, Self.kind(kind), 0, 0, 0, (0x30...0x39).contains(id) ? id - 0x30 : id]
                continue
            }
            guard let event = Self.event(mark) else {
                bytes.append(byte)
                if mark == UInt8(ascii: "~") { rest.removeFirst() }
                continue
            }
            rest.removeFirst()
            // A read may end within a frame, whose length is known only later.
            if event.isEmpty {
                self.splits.append(bytes.count)
                continue
            }
            endFrame()
            self.append(bytes)
            self.events += event
            bytes = []
        }
        endFrame()
        self.append(bytes)
    }

    private mutating func append(_ bytes: [UInt8]) {
        var start = 0
        for offset in self.splits where offset > start && offset < bytes.count {
            self.events.append(.bytes(Array(bytes[start..<offset])))
            start = offset
        }
        self.splits = []
        if start < bytes.count { self.events.append(.bytes(Array(bytes[start...]))) }
    }

    /// The same in reads of one byte, unless that would take long.
    var piecemeal: ChannelScript {
        var script = self
        script.events = self.events.flatMap { event -> [Event] in
            guard case .bytes(let bytes) = event else { return [event] }
            let step = 1 + bytes.count / 512
            return stride(from: 0, to: bytes.count, by: step).map {
                .bytes(Array(bytes[$0..<min($0 + step, bytes.count)]))
            }
        }
        return script
    }

    private static func kind(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "o"): 0x41
        case UInt8(ascii: "c"): 0x42
        case UInt8(ascii: "r"): 0x43
        case UInt8(ascii: "f"): 0x44
        default: letter
        }
    }

    private static func event(_ mark: UInt8) -> [Event]? {
        switch mark {
        case UInt8(ascii: "."): []
        case UInt8(ascii: "b"): [.begin]
        case UInt8(ascii: "a"): [.answer]
        case UInt8(ascii: "e"): [.answerError]
        case UInt8(ascii: "g"): [.answerLarge]
        case UInt8(ascii: "c"): [.cancel]
        case UInt8(ascii: "x"): [.close]
        case UInt8(ascii: "k"): [.killed]
        case UInt8(ascii: "z"): [.exited]
        case UInt8(ascii: "l"): [.zygoteLost]
        case UInt8(ascii: "t"): [.timer]
        default: nil
        }
    }
}
