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
    /// nil for a body that is no event stream: nothing may be put into it.
    private let silence: SilenceWatch?
    private var place: RecencyList<OutputPump>.Place?
    /// nil once the response has ended.
    private var target: (any OutputTarget)?
    private(set) var lastWrite = NIODeadline.now()

    init(
        pipe: BodyPipe, exchange: Exchange, target: any OutputTarget, framing: BodyFraming, silence: SilenceWatch?
    ) {
        self.pipe = pipe
        self.exchange = exchange
        self.target = target
        self.framing = framing
        self.silence = silence
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
                return self.finish {
                    if isWhole { $0.endOutput(trailers: trailers, from: self) } else { $0.abortOutput(self) }
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
        target.writeOutput(bytes, from: self)
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
