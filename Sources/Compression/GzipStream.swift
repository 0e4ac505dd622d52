import CZlib
package import NIOCore

/// A gzip stream (RFC 1952) put together from segments that stand on their own.
///
/// Each piece is compressed by a compressor that many streams share, with no more of what came before it than the
/// stream keeps: one that waits costs the few bytes here and none of zlib's working memory. Without context pieces
/// cannot refer to earlier ones, which makes them larger; the events of a stream are mostly few and large, or small
/// whatever one does.
package struct GzipStream {
    /// Deflate, no flags, no time, unknown system (RFC 1952, section 2.3).
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    /// An empty last block (RFC 1951, section 3.2.6).
    private static let lastBlock: [UInt8] = [3, 0]

    private var checksum: UInt32 = 0
    private var length: UInt32 = 0
    private var hasBegun = false
    private let contextBytes: Int
    /// The end of what has been compressed.
    private var context = ByteBuffer()

    /// - Parameter contextBytes: how much of what came before a piece may refer to, and the stream keeps; at most 32 KiB.
    package init(contextBytes: Int = 0) { self.contextBytes = min(contextBytes, 32 * 1024) }

    /// The bytes by which a client gets `input`, all of it.
    package mutating func compress(_ input: ByteBuffer, by compressor: GzipCompressor) throws(GzipError) -> ByteBuffer {
        let segment = try compressor.segment(input, after: self.context)
        self.remember(input)
        self.checksum = unsafe input.withUnsafeReadableBytes { bytes in
            unsafe UInt32(
                truncatingIfNeeded: crc32(
                    uLong(self.checksum), bytes.bindMemory(to: UInt8.self).baseAddress, uInt(bytes.count)))
        }
        self.length &+= UInt32(truncatingIfNeeded: input.readableBytes)
        guard !self.hasBegun else { return segment }
        self.hasBegun = true
        var output = ByteBuffer(bytes: Self.header)
        output.writeImmutableBuffer(segment)
        return output
    }

    private mutating func remember(_ input: ByteBuffer) {
        guard self.contextBytes > 0,
            let end = input.getSlice(
                at: max(input.readerIndex, input.writerIndex - self.contextBytes),
                length: min(input.readableBytes, self.contextBytes))
        else { return }
        let kept = max(0, min(self.context.readableBytes, self.contextBytes - end.readableBytes))
        self.context.moveReaderIndex(forwardBy: self.context.readableBytes - kept)
        self.context.discardReadBytes()
        self.context.writeImmutableBuffer(end)
    }

    /// What ends the stream.
    package mutating func finish() -> ByteBuffer {
        var output = ByteBuffer(bytes: self.hasBegun ? [] : Self.header)
        output.writeBytes(Self.lastBlock)
        output.writeInteger(self.checksum, endianness: .little)
        output.writeInteger(self.length, endianness: .little)
        self.hasBegun = true
        return output
    }
}
