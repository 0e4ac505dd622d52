package import NIOCore

/// Cuts a stream of bytes into frames.
package struct FrameDecoder: Sendable {
    /// The largest body this side accepts.
    package let maximumBody: Int
    private var buffer = ByteBuffer()
    private var violation: ChannelViolation?

    package init(maximumBody: Int) { self.maximumBody = maximumBody }

    package mutating func append(_ bytes: ByteBuffer) {
        if self.buffer.readableBytes == 0 {
            self.buffer = bytes
        } else {
            self.buffer.discardReadBytes()
            self.buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next whole frame, nil when more bytes are needed.
    ///
    /// - Throws: for a length or kind that is not allowed; from then on always, because the stream has lost its place.
    package mutating func next() throws(ChannelViolation) -> Frame? {
        if let violation = self.violation { throw violation }
        guard let length = self.buffer.getInteger(at: self.buffer.readerIndex, as: UInt32.self) else { return nil }
        guard length <= self.maximumBody else {
            throw self.broken("a frame of \(length) bytes; \(self.maximumBody) are allowed")
        }
        guard let code = self.buffer.getInteger(at: self.buffer.readerIndex + 4, as: UInt8.self) else { return nil }
        guard let kind = Frame.Kind(rawValue: code) else { throw self.broken("a frame of the unknown kind \(code)") }
        guard self.buffer.readableBytes >= Frame.headerBytes + Int(length),
            let id = self.buffer.getInteger(at: self.buffer.readerIndex + 5, as: UInt32.self)
        else { return nil }
        self.buffer.moveReaderIndex(forwardBy: Frame.headerBytes)
        return self.buffer.readSlice(length: Int(length)).map { Frame(kind, id: id, body: $0) }
    }

    private mutating func broken(_ description: String) -> ChannelViolation {
        let violation = ChannelViolation(description)
        self.violation = violation
        return violation
    }
}
