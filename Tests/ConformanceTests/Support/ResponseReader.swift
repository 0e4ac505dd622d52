import NIOCore
import NIOHTTP1

/// Takes an HTTP/1.1 response apart, strictly: framing errors are the server's and end the test.
struct ResponseReader {
    enum Part {
        case head(status: Int, headers: HTTPHeaders)
        case body([UInt8])
        case end
    }
    struct Malformed: Error, CustomStringConvertible { let description: String }

    private enum State {
        case head
        case counted(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
        case untilClose
    }
    private var state = State.head
    private var buffer = ByteBuffer()

    /// True while no response has begun.
    var isIdle: Bool {
        if case .head = self.state { self.buffer.readableBytes == 0 } else { false }
    }

    mutating func feed(_ bytes: ByteBuffer) { self.buffer.writeImmutableBuffer(bytes) }

    /// The next part, or nil until more bytes are fed.
    mutating func next() throws -> Part? {
        while true {
            switch self.state {
            case .head:
                guard let part = try self.readHead() else { return nil }
                return part
            case .counted(0):
                self.state = .head
                return .end
            case .counted(let remaining):
                guard let bytes = self.take(remaining) else { return nil }
                self.state = .counted(remaining: remaining - bytes.count)
                return .body(bytes)
            case .chunkSize:
                guard let line = self.line() else { return nil }
                guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else {
                    throw Malformed(description: "chunk size \(line)")
                }
                self.state = size == 0 ? .trailer : .chunk(remaining: size)
            case .chunk(let remaining):
                guard let bytes = self.take(remaining) else { return nil }
                self.state = bytes.count == remaining ? .chunkEnd : .chunk(remaining: remaining - bytes.count)
                return .body(bytes)
            case .chunkEnd:
                guard let line = self.line() else { return nil }
                guard line.isEmpty else { throw Malformed(description: "chunk ends in \(line)") }
                self.state = .chunkSize
            case .trailer:
                guard let line = self.line() else { return nil }
                guard line.isEmpty else { continue }
                self.state = .head
                return .end
            case .untilClose:
                guard let bytes = self.take(.max) else { return nil }
                return .body(bytes)
            }
        }
    }

    /// The connection has ended; returns the end of a response that only this delimits.
    mutating func close() throws -> Part? {
        guard case .untilClose = self.state else { return nil }
        self.state = .head
        return .end
    }

    private mutating func readHead() throws -> Part? {
        guard let end = self.buffer.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let start = self.buffer.readerIndex
        let text = String(decoding: self.buffer.readableBytesView[..<end.lowerBound], as: UTF8.self)
        self.buffer.moveReaderIndex(to: start + (end.upperBound - start))
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines.removeFirst().split(separator: " ")
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw Malformed(description: text)
        }
        var headers = HTTPHeaders()
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw Malformed(description: String(line)) }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers.add(name: String(line[..<colon]), value: String(value))
        }
        if status == 100 { return try self.readHead() }
        if let length = headers.first(name: "content-length").flatMap({ Int($0) }) {
            self.state = .counted(remaining: length)
        } else if headers.first(name: "transfer-encoding")?.lowercased() == "chunked" {
            self.state = .chunkSize
        } else {
            self.state = status == 204 || status == 304 ? .counted(remaining: 0) : .untilClose
        }
        return .head(status: status, headers: headers)
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        guard self.buffer.readableBytes > 0 else { return nil }
        return self.buffer.readBytes(length: min(count, self.buffer.readableBytes))
    }

    private mutating func line() -> String? {
        guard let end = self.buffer.readableBytesView.firstRange(of: Array("\r\n".utf8)) else { return nil }
        let line = self.buffer.readString(length: end.lowerBound - self.buffer.readerIndex)
        self.buffer.moveReaderIndex(forwardBy: 2)
        return line
    }
}
