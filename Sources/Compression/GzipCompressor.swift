import CZlib
package import NIOCore

/// Compresses buffers one after another, keeping zlib's quarter megabyte of working memory between them.
@safe
package final class GzipCompressor {
    /// zlib's level 5 makes JSON about as small as 9 does, in half the time.
    package static let defaultLevel = 5

    private let level: Int
    private let windowBits: CInt
    /// On the heap, because zlib remembers its address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var isReady = false

    package init(level: Int = GzipCompressor.defaultLevel) {
        self.level = level
        self.windowBits = Gzip.windowBits
        unsafe self.stream.initialize(to: z_stream())
    }

    /// - Parameter segmentLevel: 1 to 9; compresses to segments of a stream, without header and trailer.
    package init(segmentLevel: Int) {
        self.level = segmentLevel
        self.windowBits = -15
        unsafe self.stream.initialize(to: z_stream())
    }

    deinit {
        if self.isReady { unsafe deflateEnd(self.stream) }
        unsafe self.stream.deallocate()
    }

    /// Returns `input` compressed.
    package func compress(_ input: ByteBuffer) throws(GzipError) -> ByteBuffer {
        let (output, result) = try self.deflate(input, flush: Z_FINISH)
        guard result == Z_STREAM_END else { throw .malformed }
        return output
    }

    /// Returns `input` as a segment that ends at a byte and refers to nothing before it but `context`.
    ///
    /// - Parameter context: what the stream held right before, at most 32 KiB of it; its reader still has that.
    package func segment(_ input: ByteBuffer, after context: ByteBuffer = ByteBuffer()) throws(GzipError) -> ByteBuffer
    {
        let (output, result) = try self.deflate(input, after: context, flush: Z_SYNC_FLUSH)
        guard result == Z_OK else { throw .malformed }
        return output
    }

    private func deflate(
        _ input: ByteBuffer, after context: ByteBuffer = ByteBuffer(), flush: CInt
    ) throws(GzipError) -> (ByteBuffer, CInt) {
        try self.prepare()
        if context.readableBytes > 0 {
            let result = unsafe context.withUnsafeReadableBytes { bytes in
                unsafe deflateSetDictionary(
                    self.stream, bytes.bindMemory(to: UInt8.self).baseAddress, uInt(bytes.count))
            }
            guard result == Z_OK else { throw .malformed }
        }
        // The bound makes one call enough (zlib manual, `deflateBound`); a flush adds an empty block.
        let bound = unsafe Int(deflateBound(self.stream, uLong(input.readableBytes))) + 16
        var output = ByteBuffer()
        var result = Z_OK
        unsafe input.withUnsafeReadableBytes { source in
            _ = unsafe output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
                // zlib's declaration predates const; it does not write to its input.
                unsafe self.stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.bindMemory(to: UInt8.self).baseAddress)
                unsafe self.stream.pointee.avail_in = uInt(source.count)
                unsafe self.stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
                unsafe self.stream.pointee.avail_out = uInt(target.count)
                result = unsafe CZlib.deflate(self.stream, flush)
                return unsafe target.count - Int(self.stream.pointee.avail_out)
            }
        }
        return (output, result)
    }

    private func prepare() throws(GzipError) {
        if self.isReady {
            unsafe deflateReset(self.stream)
            return
        }
        let result = unsafe deflateInit2_(
            self.stream, CInt(self.level), Z_DEFLATED, self.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw .outOfMemory }
        self.isReady = true
    }
}
