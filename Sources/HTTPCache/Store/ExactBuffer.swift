import Glibc
@_spi(CustomByteBufferAllocator) import NIOCore

/// Buffers whose memory is as large as what they hold.
enum ExactBuffer {
    /// A copy without room to grow: buffers of NIO have a power of two, up to twice of what is needed.
    static func copy(_ buffer: ByteBuffer) -> ByteBuffer {
        let count = buffer.readableBytes
        guard count > 0, let memory = unsafe malloc(count) else { return buffer }
        unsafe buffer.withUnsafeReadableBytes { unsafe memory.copyMemory(from: $0.baseAddress!, byteCount: count) }
        // The standard allocator frees with free(3).
        return unsafe ByteBuffer(
            takingOwnershipOf: UnsafeMutableRawBufferPointer(start: memory, count: count),
            allocator: ByteBufferAllocator())
    }
}
