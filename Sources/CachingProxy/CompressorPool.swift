import Compression
import NIOCore
import Synchronization

/// zlib's working memory, lent from piece to piece: as much of it as pieces are compressed at the same time.
final class CompressorPool: Sendable {
    /// Safe to hand from thread to thread: whoever has taken it out of the pool has it alone.
    private struct Lent: @unchecked Sendable {
        let compressor: GzipCompressor
    }

    private let level: Int
    private let idle = Mutex<[Lent]>([])

    init(level: Int) { self.level = level }

    /// Compresses the next piece of a stream.
    func compress(_ input: ByteBuffer, of stream: inout GzipStream) throws(GzipError) -> ByteBuffer {
        let lent = self.idle.withLock { $0.popLast() } ?? Lent(compressor: GzipCompressor(segmentLevel: self.level))
        defer { self.idle.withLock { $0.append(lent) } }
        return try stream.compress(input, by: lent.compressor)
    }
}
