import NIOHTTP1

/// Puts the head of one answer, and its trailers, together from the lines as they come, within limits.
struct HeadCollector {
    enum Refusal: Equatable { case tooLarge, malformed }

    private enum Phase {
        /// Status line or fields of a head; goes to `interim` or `body`.
        case head
        /// Fields of an interim answer (1xx), which another head follows; goes to `head`.
        case interim
        /// What comes now are trailers.
        case body
    }

    let maximumBytes: Int
    let maximumCount: Int
    private(set) var head = AnswerHead(status: 0)
    private var trailers = HTTPHeaders()
    private(set) var refusal: Refusal?
    /// The last interim answer that is whole; whoever wants it takes it before the next.
    private(set) var interim: AnswerHead?
    private var phase = Phase.head
    private var bytes = 0
    private var count = 0
    /// The last field, which a line that begins with a blank goes on with (RFC 9112, section 5.2).
    private var last: (name: String, value: String)?

    init(maximumBytes: Int, maximumCount: Int) {
        self.maximumBytes = maximumBytes
        self.maximumCount = maximumCount
    }

    /// Whether any part of an answer has come.
    var hasBegun: Bool { self.bytes > 0 }
    /// Whether the final head is whole.
    var isComplete: Bool { self.phase == .body }

    /// Takes a status line, a field, the empty line or a trailer, with its line end.
    ///
    /// - Returns: false when the answer is to be given up; ``refusal`` says why.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        self.bytes += bytes.count
        self.count += 1
        guard self.bytes <= self.maximumBytes, self.count <= self.maximumCount else { return self.refuse(.tooLarge) }
        let line = unsafe TokenSyntax.withoutEnd(bytes)
        // Before anything may keep it: a carriage return alone ends a line for some, and other bytes end more.
        guard unsafe TokenSyntax.isFieldValue(line) else { return self.refuse(.malformed) }
        guard let first = unsafe line.first else { return self.endFields() }
        if self.phase != .body, self.last == nil, unsafe line.starts(with: "HTTP/".utf8) {
            return self.begin(unsafe String(decoding: line, as: UTF8.self))
        }
        if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
            guard let last else { return self.refuse(.malformed) }
            let rest = unsafe self.trimmed(line)
            self.last = (last.name, last.value + " " + rest)
            return true
        }
        self.keepLast()
        guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")), unsafe TokenSyntax.isToken(line[..<colon])
        else { return self.refuse(.malformed) }
        self.last = unsafe (
            String(decoding: line[..<colon], as: UTF8.self), self.trimmed(line[(colon + 1)...])
        )
        return true
    }

    /// The trailers of an answer that has ended; libcurl does not tell of the empty line after them.
    mutating func takeTrailers() -> HTTPHeaders {
        if self.phase == .body { self.keepLast() }
        return self.trailers
    }

    /// The interim answer that has just become whole; it is given once.
    mutating func takeInterim() -> AnswerHead? {
        defer { self.interim = nil }
        return self.interim
    }

    private mutating func begin(_ line: String) -> Bool {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, let status = Int(parts[1]), (100...999).contains(status),
            // No request of ours asks for another protocol: what follows would have no end.
            status != 101
        else { return self.refuse(.malformed) }
        self.head = AnswerHead(
            status: status, reason: parts.count > 2 ? String(parts[2]) : "", isHTTP2: parts[0].hasPrefix("HTTP/2"))
        self.phase = status < 200 ? .interim : .head
        return true
    }

    private mutating func endFields() -> Bool {
        self.keepLast()
        switch self.phase {
        case .interim:
            self.phase = .head
            self.interim = self.head
        case .body: break
        case .head:
            guard self.head.status >= 200 else { return self.refuse(.malformed) }
            self.phase = .body
            return self.frame()
        }
        return true
    }

    /// Finds out how long the body is; a length that is not clear could tear two answers apart.
    private mutating func frame() -> Bool {
        guard !self.head.headers.contains(name: "transfer-encoding") else { return true }
        var length: Int?
        for value in self.head.headers["content-length"] {
            guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bytes = Int(value),
                length == nil || length == bytes
            else { return self.refuse(.malformed) }
            length = bytes
        }
        self.head.contentLength = length
        return true
    }

    private mutating func keepLast() {
        guard let last else { return }
        if self.phase == .body {
            self.trailers.add(name: last.name, value: last.value)
        } else {
            self.head.headers.add(name: last.name, value: last.value)
        }
        self.last = nil
    }

    private mutating func refuse(_ refusal: Refusal) -> Bool {
        self.refusal = refusal
        return false
    }

    private func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var rest = unsafe bytes
        while let first = unsafe rest.first, first == 0x20 || first == 0x09 { unsafe rest = rest.dropFirst() }
        while let last = unsafe rest.last, last == 0x20 || last == 0x09 { unsafe rest = rest.dropLast() }
        return unsafe self.text(rest)
    }

    /// Bytes beyond ASCII that are no UTF-8 can only be meant as ISO 8859-1, what field values once were in (RFC 9110,
    /// section 5.5): the letters are kept, in UTF-8.
    private func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        if let text = unsafe String(validating: bytes, as: UTF8.self) { return text }
        return unsafe String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
