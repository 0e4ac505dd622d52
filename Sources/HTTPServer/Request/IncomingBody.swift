import NIOCore
import NIOHTTP1
import Streaming

/// The writer's side of a request body that a handler takes in as it comes.
///
/// Bound to the event loop of its connection.
final class IncomingBody {
    /// Held for a handler that does not read, before the client is no longer read from.
    private static let heldBytes = 64 * 1024

    /// What comes next of the body.
    enum Piece {
        case bytes(ByteBuffer)
        case end(HTTPHeaders)
        case failed(BodyFailure)
    }

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

    /// Counts what has come; a failure when that is more than allowed.
    func admit(_ bytes: ByteBuffer) -> Piece {
        self.awaitsLeave = false
        self.receivedBytes += bytes.readableBytes
        if let limitBytes, self.receivedBytes > limitBytes { return .failed(.tooLarge(limitBytes: limitBytes)) }
        return .bytes(bytes)
    }

    /// Hands a piece to the reader, who may answer at once: nothing may be in the middle of a change.
    func pass(on piece: Piece) {
        switch piece {
        case .bytes(let bytes): self.pipe.write(bytes)
        case .end(let trailers):
            self.awaitsLeave = false
            self.pipe.finish(trailers: TrailerFields.passable(trailers))
        case .failed(let failure): self.pipe.fail(failure)
        }
    }

    /// True when the client must be given leave to send, now that somebody reads.
    func takeLeave() -> Bool {
        defer { self.awaitsLeave = false }
        return self.awaitsLeave && self.pipe.isOpen
    }
}
