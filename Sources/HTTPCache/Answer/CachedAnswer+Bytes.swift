import HTTPSyntax
package import NIOCore
import NIOHTTP1

extension CachedAnswer {
    /// Whether ``writeHTTP1(to:)`` can write it: a whole answer, which is what nearly every hit is.
    package var isPrecomposed: Bool {
        guard self.form == .whole else { return false }
        return self.isCompressed || !self.stored.facts.flags.contains(.isCompressed)
    }

    /// Bytes that ``writeHTTP1(to:)`` takes up at most, without a body it leaves to the caller.
    private var boundBytes: Int {
        self.stored.headerBytes + 360 + (self.carriesBody ? Int(self.stored.layout.bodyBytes) : 0)
    }

    /// Bodies up to this size travel in the same buffer as the head.
    private static let coalescedBodyBytes = 16 * 1024

    private var carriesBody: Bool { !self.isHead && self.stored.layout.bodyBytes <= Self.coalescedBodyBytes }

    /// The message in the words of HTTP/1.1, in one buffer and one copy of the stored headers.
    ///
    /// - Parameter fields: further header lines, each with its line end, such as those about the connection.
    /// - Returns: the first buffer to write, and a large body to write after it; nil when it is not ``isPrecomposed``.
    package func http1Message(fields: StaticString, allocator: ByteBufferAllocator) -> (
        head: ByteBuffer, body: ByteBuffer?
    )? {
        guard self.isPrecomposed else { return nil }
        var buffer = allocator.buffer(capacity: self.boundBytes + fields.utf8CodeUnitCount)
        self.writeStatusLine(to: &buffer)
        let stored = self.stored
        let weakens = self.isCompressed && stored.facts.flags.contains(.hasStrongETag)
        if weakens {
            buffer.writeStaticString("ETag: W/")
            _ = unsafe stored.withTag { unsafe buffer.writeBytes($0) }
        }
        unsafe stored.forEachPiece(hasTag: !weakens) { _ = unsafe buffer.writeBytes($0) }
        if self.isCompressed { buffer.writeStaticString("content-encoding: gzip\r\n") }
        buffer.writeStaticString("Date: ")
        buffer.writeDate(secondsSinceEpoch: Int(stored.facts.date))
        buffer.writeStaticString("\r\nage: ")
        buffer.writeDecimal(self.age)
        buffer.writeStaticString("\r\ncache-status: ")
        self.writeCacheStatus(to: &buffer)
        if let length = self.contentLength {
            buffer.writeStaticString("\r\ncontent-length: ")
            buffer.writeDecimal(Int64(length))
        }
        buffer.writeStaticString("\r\n")
        buffer.writeStaticString(fields)
        buffer.writeStaticString("\r\n")
        guard !self.isHead, stored.layout.bodyBytes > 0 else { return (buffer, nil) }
        if self.carriesBody, unsafe stored.withInlineBody({ unsafe buffer.writeBytes($0) }) != nil {
            return (buffer, nil)
        }
        return (buffer, stored.body)
    }

    private func writeStatusLine(to buffer: inout ByteBuffer) {
        guard self.stored.status != 200 else {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
            return
        }
        buffer.writeString("HTTP/1.1 \(self.stored.status) \(self.status.reasonPhrase)\r\n")
    }

    /// The usual hit without building a string.
    private func writeCacheStatus(to buffer: inout ByteBuffer) {
        let status = self.cacheStatus
        guard status.isHit, status.forward == nil, !status.isStored, !status.isCollapsed, status.detail == nil,
            let timeToLive = status.timeToLive
        else {
            buffer.writeString(status.description)
            return
        }
        buffer.writeString(status.name)
        buffer.writeStaticString("; hit; ttl=")
        buffer.writeDecimal(Int64(timeToLive))
    }
}

extension ByteBuffer {
    /// Writes a date at once: byte by byte it would take as long as to find the answer.
    fileprivate mutating func writeDate(secondsSinceEpoch seconds: Int) {
        unsafe self.writeWithUnsafeMutableBytes(minimumWritableBytes: HTTPDate.bytes) { target in
            var count = 0
            HTTPDate.write(secondsSinceEpoch: seconds) {
                unsafe target[count] = $0
                count += 1
            }
            return count
        }
    }

    /// Writes a number in decimal digits, without a string of its own.
    fileprivate mutating func writeDecimal(_ value: Int64) {
        if value < 0 { self.writeInteger(UInt8(ascii: "-")) }
        var rest = value.magnitude
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var count = 0
        repeat {
            digits[19 - count] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        for index in 20 - count..<20 { self.writeInteger(digits[index]) }
    }
}
