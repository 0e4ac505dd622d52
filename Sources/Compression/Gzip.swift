import CZlib
package import NIOCore

/// gzip (RFC 1952) for whole buffers.
package enum Gzip {
    /// Window of 32 KiB with a gzip header around it (zlib manual, `deflateInit2`).
    static let windowBits: CInt = 15 + 16

    /// Returns `input` compressed; use a ``GzipCompressor`` for many.
    package static func compress(_ input: ByteBuffer, level: Int = GzipCompressor.defaultLevel) throws(GzipError)
        -> ByteBuffer
    {
        try GzipCompressor(level: level).compress(input)
    }

    /// Returns what `input` expands to, at most `limitBytes`.
    package static func decompress(_ input: ByteBuffer, limitBytes: Int) throws(GzipError) -> ByteBuffer {
        // On the heap, because zlib remembers its address.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        guard unsafe inflateInit2_(stream, self.windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .outOfMemory }
        defer { unsafe inflateEnd(stream) }
        let (output, result) = unsafe self.inflate(input, stream, limitBytes: limitBytes)
        if output.readableBytes > limitBytes { throw .tooLarge(limitBytes: limitBytes) }
        switch result {
        case Z_STREAM_END: return output
        case Z_BUF_ERROR: throw .truncated
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .malformed
        }
    }

    /// Inflates until the end, an error, or more than `limitBytes` have come out.
    @unsafe
    private static func inflate(_ input: ByteBuffer, _ stream: UnsafeMutablePointer<z_stream>, limitBytes: Int)
        -> (ByteBuffer, CInt)
    {
        var output = ByteBuffer()
        var result = Z_OK
        let step = max(4096, min(input.readableBytes * 4, 256 * 1024))
        unsafe input.withUnsafeReadableBytes { source in
            unsafe stream.pointee.next_in = UnsafeMutablePointer(
                mutating: source.bindMemory(to: UInt8.self).baseAddress)
            unsafe stream.pointee.avail_in = uInt(source.count)
            while result == Z_OK, output.readableBytes <= limitBytes {
                unsafe output.writeWithUnsafeMutableBytes(minimumWritableBytes: step) { target in
                    unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
                    unsafe stream.pointee.avail_out = uInt(target.count)
                    result = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
                    return unsafe target.count - Int(stream.pointee.avail_out)
                }
            }
        }
        return (output, result)
    }
}
