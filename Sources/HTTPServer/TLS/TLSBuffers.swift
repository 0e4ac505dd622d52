import COpenSSL
import NIOCore

/// A memory BIO whose memory is the channel's own buffers.
///
/// OpenSSL's built-in memory BIO would copy every byte once more in each direction and keep its storage for ever. This
/// one reads from the buffer the socket filled and appends to the buffer the socket will send. Used by one thread at a
/// time, as its `TLSSession` is.
@safe
final class TLSBuffers {
    /// Ciphertext that has arrived.
    var incoming = ByteBuffer()
    /// Ciphertext to send.
    var outgoing = ByteBuffer()

    /// Returns a BIO on these buffers; whoever owns it must not outlive them.
    func makeBIO() -> OpaquePointer? {
        guard let bio = unsafe BIO_new(Self.method.raw) else { return nil }
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }

    fileprivate static func of(_ bio: OpaquePointer?) -> TLSBuffers? {
        unsafe BIO_get_data(bio).map { unsafe Unmanaged<TLSBuffers>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let method = Method()
}

extension TLSBuffers {
    /// The table of functions OpenSSL calls.
    ///
    /// Sendable because OpenSSL only reads the table once it is filled.
    @safe
    private struct Method: @unchecked Sendable {
        let raw: OpaquePointer?

        init() {
            unsafe self.raw = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ByteBuffer")
            unsafe BIO_meth_set_read(self.raw) { bio, bytes, count in
                unsafe copenssl_bio_clear_retry(bio)
                guard let buffers = unsafe TLSBuffers.of(bio), let bytes = unsafe bytes, count > 0 else { return 0 }
                let available = min(Int(count), buffers.incoming.readableBytes)
                guard available > 0 else {
                    unsafe copenssl_bio_set_retry_read(bio)
                    return -1
                }
                let target = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: available)
                return unsafe CInt(
                    buffers.incoming.readWithUnsafeReadableBytes { source in
                        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<available]))
                        return available
                    })
            }
            unsafe BIO_meth_set_write(self.raw) { bio, bytes, count in
                unsafe copenssl_bio_clear_retry(bio)
                guard let buffers = unsafe TLSBuffers.of(bio), let bytes = unsafe bytes, count > 0 else { return 0 }
                return unsafe CInt(
                    buffers.outgoing.writeBytes(UnsafeRawBufferPointer(start: bytes, count: Int(count))))
            }
            unsafe BIO_meth_set_ctrl(self.raw) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        }
    }
}
