import FuzzSupport
import NIOCore
import NIOHTTP1
import Streaming

@testable import HTTPServer

/// What must hold of events, whatever is in them: a client reads what was sent.
enum EventRules {
    static func check(_ input: [UInt8]) {
        let (first, second) = (input.count / 4, input.count / 2)
        let type = String(decoding: input[..<first], as: UTF8.self)
        let id = String(decoding: input[first..<second], as: UTF8.self)
        let data = Array(input[second...])
        let event = ServerSentEvent(event: type, id: id, retry: input.count, data: ByteBuffer(bytes: data))
        var backlog = PipeState(limitBytes: 1 << 20)
        for _ in 0..<2 {
            promise(backlog.write { event.encode(into: &$0) }.0 != .closed, "a backlog that is full too early")
        }
        promise(!backlog.finish(trailers: [:]), "told twice")
        var parser = EventParser()
        while case .bytes(let bytes) = backlog.read(maximumBytes: 7).0 {
            promise(bytes.readableBytes <= 7, "more than was asked for")
            parser.read(bytes.readableBytesView)
        }
        promise(backlog.read(maximumBytes: 7).0 == .end(trailers: [:]), "a backlog that does not end")
        let expected = EventParser.Event(type: self.oneLine(type), id: self.oneLine(id), data: self.lines(data))
        promise(parser.events == [expected, expected], "another event than was sent")
        promise(parser.retry == input.count && parser.isBetweenEvents, "another time to wait")
    }

    /// A field's text; line ends and nulls cannot be in it.
    private static func oneLine(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") && $0 != 0 }
    }

    /// The data as clients see it: every line end is LF to them.
    private static func lines(_ data: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        for (index, byte) in data.enumerated() {
            let follows = index > 0 && data[index - 1] == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n"), follows { continue }
            lines.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
        }
        return lines
    }
}
