package import NIOCore

/// One message between host and guest; Documentation/sandbox-channel.md is the specification.
package struct Frame: Sendable, Equatable {
    /// What a frame says.
    ///
    /// The high bits tell the direction.
    package enum Kind: UInt8, Sendable, CaseIterable {
        // Host to guest.
        case start = 0x01
        case replyValue = 0x02
        case replyError = 0x03
        // Guest to host.
        case console = 0x41
        case call = 0x42
        case result = 0x43
        case failure = 0x44
        // Host to zygote.
        case configure = 0x81
        case fork = 0x82
        case kill = 0x83
        // Zygote to host.
        case ready = 0xC1
        case forked = 0xC2
        case exited = 0xC3
        case refused = 0xC4
        case unusable = 0xC5
    }

    package static let headerBytes = 9

    package var kind: Kind
    /// The host call or the run it is about; 0 where there is nothing to tell apart.
    package var id: UInt32
    package var body: ByteBuffer

    package init(_ kind: Kind, id: UInt32 = 0, body: ByteBuffer = ByteBuffer()) {
        self.kind = kind
        self.id = id
        self.body = body
    }

    /// The bytes before the body.
    package var header: ByteBuffer { self.header(roomBehind: 0) }

    package var encoded: ByteBuffer {
        var buffer = self.header(roomBehind: self.body.readableBytes)
        buffer.writeImmutableBuffer(self.body)
        return buffer
    }

    private func header(roomBehind bodyBytes: Int) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(Self.headerBytes + bodyBytes)
        buffer.writeInteger(UInt32(self.body.readableBytes))
        buffer.writeInteger(self.kind.rawValue)
        buffer.writeInteger(self.id)
        return buffer
    }
}

/// What the other side did that the channel does not allow; the process is killed for it.
package struct ChannelViolation: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
