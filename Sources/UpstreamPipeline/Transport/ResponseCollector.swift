import NIOCore

/// Gathers one answer's header lines and body pieces as they come, within limits.
struct ResponseCollector {
    enum Refusal: Equatable { case headersTooLarge, bodyTooLarge }

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
    mutating func takeHeader(_ bytes: some Collection<UInt8>) -> Bool {
        self.headerBytes += bytes.count
        self.headerCount += 1
        guard self.headerBytes <= self.maximumHeaderBytes, self.headerCount <= self.maximumHeaderCount else {
            self.refusal = .headersTooLarge
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self).trimmingLineEnd()
        if line.hasPrefix("HTTP/"), !self.isHeaderOver {
            self.headers.removeAll()
            self.isInterim = line.split(separator: " ", maxSplits: 2).dropFirst().first?.hasPrefix("1") ?? false
        } else if line.isEmpty {
            self.isHeaderOver = !self.isInterim
        } else if !self.isHeaderOver, let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            self.headers.append((line[..<colon].lowercased(), String(value.trimmingBlanks())))
        }
        return true
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

extension String {
    fileprivate func trimmingLineEnd() -> String {
        var scalars = self.unicodeScalars[...]
        while let last = scalars.last, last == "\r" || last == "\n" { scalars.removeLast() }
        return String(scalars)
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> Substring {
        var rest = self.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
