import Compression
import NIOCore
import Streaming
import Synchronization

/// A body in gzip, compressed as it comes: what is here goes out, however little, as soon as nothing more is.
///
/// The work is done on the client's event loop, a piece at a time. A stream that waits keeps a few kilobytes of its past
/// and none of zlib's memory.
final class CompressedBody: Sendable {
    private struct State {
        var stream = GzipStream(contextBytes: CompressedBody.contextBytes)
        var plainBytes = 0
        var isBlocked = false
        var roomSignals = 0
        var isOver = false
    }

    /// What is compressed at a time: a millisecond or less.
    private static let pieceBytes = 32 * 1024
    private static let contextBytes = 8 * 1024

    /// Where it comes out.
    let output = BodyPipe()
    private let source: BodyPipe
    private let compressors: CompressorPool
    private let eventLoop: any EventLoop
    private let state = Mutex(State())

    init(_ source: BodyPipe, compressors: CompressorPool, eventLoop: any EventLoop) {
        self.source = source
        self.compressors = compressors
        self.eventLoop = eventLoop
    }

    /// Bytes that came in.
    var plainBytes: Int { self.state.withLock { $0.plainBytes } }

    func run() {
        self.source.onArrival { self.eventLoop.execute { self.pump() } }
        self.output.onRoom { [eventLoop = self.eventLoop] in
            self.state.withLock { state in
                state.roomSignals += 1
                state.isBlocked = false
            }
            eventLoop.execute { self.pump() }
        }
        // A reader that has gone shows by nothing else when nothing comes.
        self.output.onEnd { [source = self.source] in source.close() }
        self.eventLoop.execute { self.pump() }
    }

    /// On the event loop.
    private func pump() {
        guard self.state.withLock({ !$0.isBlocked && !$0.isOver }) else { return }
        var piece = ByteBuffer()
        while piece.readableBytes < Self.pieceBytes {
            switch self.source.read(maximumBytes: Self.pieceBytes - piece.readableBytes) {
            case .bytes(let bytes):
                if piece.readableBytes == 0 { piece = bytes } else { piece.writeImmutableBuffer(bytes) }
            case .wait:
                _ = self.pass(piece)
                return
            case .end(let trailers):
                guard self.pass(piece, isLast: true) else { return }
                self.output.finish(trailers: trailers)
                return
            case .failed(let failure):
                self.state.withLock { $0.isOver = true }
                self.output.fail(failure)
                return
            }
        }
        // Others on this event loop have their turn before the next piece.
        if self.pass(piece) { self.eventLoop.execute { self.pump() } }
    }

    /// - Returns: whether to go on.
    private func pass(_ piece: ByteBuffer, isLast: Bool = false) -> Bool {
        guard piece.readableBytes > 0 || isLast else { return true }
        let (packed, signals) = self.state.withLock { state -> (ByteBuffer?, Int) in
            state.plainBytes += piece.readableBytes
            if isLast { state.isOver = true }
            var packed = ByteBuffer()
            if piece.readableBytes > 0 {
                guard let segment = try? self.compressors.compress(piece, of: &state.stream) else {
                    state.isOver = true
                    return (nil, 0)
                }
                packed = segment
            }
            if isLast { packed.writeImmutableBuffer(state.stream.finish()) }
            return (packed, state.roomSignals)
        }
        guard let packed else {
            // No memory for zlib: the client has been told to expect gzip.
            self.output.fail(.cutOff)
            self.source.close()
            return false
        }
        switch self.output.write(packed) {
        case .room: return true
        case .full:
            if isLast { return true }
            return self.state.withLock { state in
                // Room that was made in between counts.
                state.isBlocked = state.roomSignals == signals
                return !state.isBlocked
            }
        case .closed:
            self.state.withLock { $0.isOver = true }
            self.source.close()
            return false
        }
    }
}
