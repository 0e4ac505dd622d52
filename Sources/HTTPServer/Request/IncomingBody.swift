import NIOCore
import NIOHTTP1
import Streaming

/// The writer's side of a request body that a handler takes in as it comes.
///
/// Bound to the event loop of its connection.
final class IncomingBody {
    /// Held for a handler that does not read, before the client is no longer read from.
    private static let heldBytes = 64 * 1024

    let pipe = BodyPipe(limitBytes: heldBytes, waitsForReader: true)
    private let limitBytes: Int?
    private var receivedBytes = 0
    /// Whether the client waits for leave to send.
    private(set) var awaitsLeave: Bool

    init(limitBytes: Int?, expectsContinue: Bool) {
        self.limitBytes = limitBytes
        self.awaitsLeave = expectsContinue
    }

    /// Whether more should be read from the client.
    var hasRoom: Bool { !self.pipe.isFull }

    /// Takes in a piece; false when that is more than allowed, of which the reader has been told.
    func receive(_ bytes: ByteBuffer) -> Bool {
        self.awaitsLeave = false
        self.receivedBytes += bytes.readableBytes
        if let limitBytes, self.receivedBytes > limitBytes {
            self.pipe.fail(.tooLarge(limitBytes: limitBytes))
            return false
        }
        self.pipe.write(bytes)
        return true
    }

    func finish(trailers: HTTPHeaders?) {
        self.awaitsLeave = false
        self.pipe.finish(trailers: trailers ?? [:])
    }

    /// True when the client must be given leave to send, now that somebody reads.
    func takeLeave() -> Bool {
        defer { self.awaitsLeave = false }
        return self.awaitsLeave && self.pipe.isOpen
    }
}
