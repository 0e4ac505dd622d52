import Compression
import NIOCore
import NIOHTTP1
import Streaming

/// Moves a body from its pipe to the connection while the client takes it in; an event stream's comments while silent.
///
/// Bound to the event loop of its connection.
final class OutputPump {
    /// Written at a time, so that a slow client holds the rest in the pipe, where it is counted.
    private static let sliceBytes = 32 * 1024

    let pipe: BodyPipe
    let exchange: Exchange
    private var framing: BodyFraming
    private let sendsTrailers: Bool
    /// nil for a body that is no event stream: nothing may be put into it.
    private let silence: SilenceWatch?
    /// nil for a body that goes out as it is.
    private var gzip: GzipStream?
    private let compressor: GzipCompressor
    private var place: RecencyList<OutputPump>.Place?
    /// nil once the response has ended.
    private var target: (any OutputTarget)?
    private(set) var lastWrite = NIODeadline.now()

    init(
        pipe: BodyPipe, exchange: Exchange, target: any OutputTarget, framing: BodyFraming, start: StreamStart,
        isGzipped: Bool,
        context: LoopContext
    ) {
        self.pipe = pipe
        self.exchange = exchange
        self.target = target
        self.framing = framing
        self.gzip = isGzipped ? GzipStream() : nil
        self.compressor = context.segments
        switch start {
        case .events: (self.silence, self.sendsTrailers) = (context.silence, false)
        case .body(let response): (self.silence, self.sendsTrailers) = (nil, response.sendsTrailers)
        }
    }

    var isEventStream: Bool { self.silence != nil }

    func start() { self.place = self.silence?.add(self) }

    /// Writes what is queued while the client takes it in, and ends the response after the last piece.
    func drain() {
        defer { self.target?.flushOutput() }
        while let target, target.isWritable {
            switch self.pipe.read(maximumBytes: Self.sliceBytes) {
            case .bytes(let bytes):
                guard self.framing.take(bytes.readableBytes) else { return self.finish { $0.abortOutput(self) } }
                self.write(bytes)
            case .end(let trailers):
                let isWhole = self.framing.mayEnd
                if let end = self.gzip?.finish() { target.writeOutput(end, from: self) }
                return self.finish {
                    if isWhole {
                        $0.endOutput(trailers: self.sendsTrailers ? trailers : [:], from: self)
                    } else {
                        $0.abortOutput(self)
                    }
                }
            case .failed: return self.finish { $0.abortOutput(self) }
            case .wait: return
            }
        }
    }

    /// Makes a dead peer show itself: it answers a write with a reset.
    func comment() {
        guard self.isEventStream else { return }
        self.write(ServerSentEvent.keepAliveComment)
        self.target?.flushOutput()
    }

    /// The stream has been silent for long; one whose client has yet to read what is there needs no comment.
    func breakSilence() {
        if self.target?.isWritable ?? false { self.comment() } else { self.spoke() }
    }

    /// The connection is gone.
    func stop() { self.finish { _ in } }

    private func write(_ bytes: ByteBuffer) {
        guard let target else { return }
        self.spoke()
        guard self.gzip != nil else { return target.writeOutput(bytes, from: self) }
        // Without memory for it the stream cannot go on: the client has been told to expect gzip.
        guard let compressed = try? self.gzip?.compress(bytes, by: self.compressor) else {
            return self.finish { $0.abortOutput(self) }
        }
        target.writeOutput(compressed, from: self)
    }

    private func spoke() {
        guard let silence else { return }
        self.lastWrite = .now()
        if let place { silence.spoke(place) }
    }

    private func finish(_ action: (any OutputTarget) -> Void) {
        guard let target else { return }
        self.target = nil
        if let place { self.silence?.remove(place) }
        self.place = nil
        action(target)
        self.pipe.close()
    }
}
