import NIOCore

/// Reads HTTP/1.1 answers one after another, at the price of a look at the head.
///
/// Understands what MCP servers send: one answer at a time with `Content-Length` or in chunks.
struct AnswerReader {
    private var bytes = ByteBuffer()
    private var head: AnswerHead?

    /// Takes in what has arrived; returns the answer once it is whole.
    mutating func receive(_ arrived: ByteBuffer) throws(AnswerHead.Unreadable) -> Answer? {
        if self.bytes.readableBytes == 0 { self.bytes = arrived } else { self.bytes.writeImmutableBuffer(arrived) }
        if self.head == nil { self.head = try AnswerHead(self.bytes.readableBytesUInt8Span) }
        guard let head else { return nil }
        let bodyBytes: Int
        let wholeBytes: Int
        switch head.framing {
        case .length(let length): (bodyBytes, wholeBytes) = (length, head.bytes + length)
        case .chunked:
            guard let (length, end) = try self.chunks(after: head.bytes) else { return nil }
            (bodyBytes, wholeBytes) = (length, end)
        }
        guard self.bytes.readableBytes >= wholeBytes else { return nil }
        guard self.bytes.readableBytes == wholeBytes else {
            throw AnswerHead.Unreadable(description: "bytes after the end of an answer")
        }
        defer { (self.bytes, self.head) = (ByteBuffer(), nil) }
        return Answer(status: head.status, headBytes: head.bytes, bodyBytes: bodyBytes, text: self.bytes)
    }

    /// The length of the data in all chunks and where they end; nil while the last one is missing.
    private func chunks(after start: Int) throws(AnswerHead.Unreadable) -> (bodyBytes: Int, end: Int)? {
        let view = self.bytes.readableBytesView
        var (index, bodyBytes) = (view.startIndex + start, 0)
        while index < view.endIndex, let lineEnd = view[index...].firstIndex(of: UInt8(ascii: "\r")) {
            guard let length = Int(String(decoding: view[index..<lineEnd], as: UTF8.self), radix: 16), length >= 0
            else {
                throw AnswerHead.Unreadable(description: "a chunk without a size")
            }
            index = lineEnd + length + 4
            bodyBytes += length
            if length == 0 { return (bodyBytes, index - view.startIndex) }
        }
        return nil
    }
}
