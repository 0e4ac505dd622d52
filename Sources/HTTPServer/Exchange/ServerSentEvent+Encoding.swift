import Glibc
import NIOCore

extension ServerSentEvent {
    /// Comment that keeps proxies and clients from giving up on a silent stream.
    static let keepAliveComment = ByteBuffer(staticString: ": keep-alive\n\n")

    /// Appends the event as it goes over the wire.
    ///
    /// Line ends inside `event` and `id` would start a new field, and a null in `id` makes clients ignore it: they
    /// are left out.
    func encode(into buffer: inout ByteBuffer) {
        buffer.reserveCapacity(minimumWritableBytes: self.data.readableBytes + 64)
        if let event { Self.write("event: ", field: event, into: &buffer) }
        if let id { Self.write("id: ", field: id, into: &buffer) }
        if let retry { Self.write("retry: ", field: String(retry), into: &buffer) }
        Self.write(data: self.data, into: &buffer)
        buffer.writeStaticString("\n")
    }

    private static func write(_ name: StaticString, field: String, into buffer: inout ByteBuffer) {
        buffer.writeStaticString(name)
        buffer.writeBytes(field.utf8.lazy.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != 0 })
        buffer.writeStaticString("\n")
    }

    /// One `data:` line for each line; CR LF, LF and CR all end one.
    private static func write(data: ByteBuffer, into buffer: inout ByteBuffer) {
        guard self.hasLineEnd(data) else {
            // Nearly always: JSON writes its line ends as escapes.
            buffer.writeStaticString("data: ")
            buffer.writeImmutableBuffer(data)
            buffer.writeStaticString("\n")
            return
        }
        let view = data.readableBytesView
        var lineStart = view.startIndex
        while true {
            let lineEnd = view[lineStart...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            buffer.writeStaticString("data: ")
            buffer.writeBytes(view[lineStart..<(lineEnd ?? view.endIndex)])
            buffer.writeStaticString("\n")
            guard let lineEnd else { return }
            lineStart = lineEnd + 1
            if view[lineEnd] == UInt8(ascii: "\r"), lineStart < view.endIndex, view[lineStart] == UInt8(ascii: "\n") {
                lineStart += 1
            }
        }
    }

    private static func hasLineEnd(_ data: ByteBuffer) -> Bool {
        unsafe data.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return false }
            return unsafe memchr(start, 0x0A, bytes.count) != nil || memchr(start, 0x0D, bytes.count) != nil
        }
    }
}
