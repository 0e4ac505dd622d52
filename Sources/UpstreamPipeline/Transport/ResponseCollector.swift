import NIOCore

/// Gathers one answer's header lines and body pieces as they come, within limits.
struct ResponseCollector {
    enum Refusal: Equatable { case headersTooLarge, bodyTooLarge, malformed }

    let maximumHeaderBytes: Int
    let maximumHeaderCount: Int
    let maximumBodyBytes: Int
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body = ByteBuffer()
    private(set) var refusal: Refusal?
    private var headerBytes = 0
    private var headerCount = 0
    private var isHeaderOver = false
    /// An interim answer (1xx) is followed by another header.
    private var isInterim = false

    init(maximumHeaderBytes: Int, maximumHeaderCount: Int, maximumBodyBytes: Int) {
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumHeaderCount = maximumHeaderCount
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Whether any part of an answer has come.
    var hasBegun: Bool { self.headerBytes > 0 }

    /// Takes a status line, a header field, the empty line or a trailer, with its line end.
    ///
    /// - Returns: false when the answer is to be given up; ``refusal`` says why.
    mutating func takeHeader(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        self.headerBytes += bytes.count
        self.headerCount += 1
        guard self.headerBytes <= self.maximumHeaderBytes, self.headerCount <= self.maximumHeaderCount else {
            self.refusal = .headersTooLarge
            return false
        }
        let content = TokenSyntax.withoutEnd(bytes)
        guard TokenSyntax.isFieldValue(content) else { return self.refuseMalformed() }
        let line = String(decoding: content, as: UTF8.self)
        if line.hasPrefix("HTTP/"), !self.isHeaderOver {
            self.headers.removeAll()
            let status = line.split(separator: " ", maxSplits: 2).dropFirst().first ?? ""
            // No request of ours asks for another protocol.
            guard status != "101" else { return self.refuseMalformed() }
            self.isInterim = status.hasPrefix("1")
        } else if line.isEmpty {
            self.isHeaderOver = !self.isInterim
        } else if !self.isHeaderOver, let colon = line.firstIndex(of: ":") {
            guard TokenSyntax.isToken(line[..<colon].utf8) else { return self.refuseMalformed() }
            let value = line[line.index(after: colon)...]
            self.headers.append((line[..<colon].lowercased(), String(value.trimmingBlanks())))
        }
        return true
    }

    private mutating func refuseMalformed() -> Bool {
        self.refusal = .malformed
        return false
    }

    /// Takes a piece of the decoded body.
    ///
    /// - Returns: false when there is more of it than allowed.
    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard self.body.readableBytes + bytes.count <= self.maximumBodyBytes else {
            self.refusal = .bodyTooLarge
            return false
        }
        unsafe self.body.writeBytes(bytes)
        return true
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> Substring {
        var rest = self.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
