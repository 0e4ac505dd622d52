import Compression
import NIOCore

/// Makes bodies smaller for keeping.
struct Packer: Sendable {
    /// Smaller bodies are kept as they are.
    let minimumBytes: Int

    /// The gzip form of a body; nil where it does not save a tenth or more.
    func pack(_ plain: ByteBuffer) -> ByteBuffer? {
        guard plain.readableBytes >= self.minimumBytes, let packed = try? Gzip.compress(plain),
            packed.readableBytes <= plain.readableBytes / 10 * 9
        else { return nil }
        return packed
    }

    /// The plain form of what ``pack(_:)`` made of that many bytes.
    static func unpack(_ packed: ByteBuffer, bytes: Int) -> ByteBuffer {
        do { return try Gzip.decompress(packed, limitBytes: bytes) } catch {
            preconditionFailure("a kept body is damaged: \(error)")
        }
    }
}
