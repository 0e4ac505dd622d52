import Compression
import Glibc
import HTTPSyntax
import NIOCore

/// What the connections of one event loop share: the date header's text, a compressor, the watch over silent streams.
///
/// Bound to that event loop.
final class LoopContext {
    let gzip: GzipCompressor
    /// For the pieces of event streams.
    let segments: GzipCompressor
    let silence: SilenceWatch
    let turn: AnswerTurn
    private var second = 0
    private var text = ""

    init(eventLoop: any EventLoop, configuration: HTTPServerConfiguration) {
        let limits = configuration.limits
        self.gzip = GzipCompressor(level: configuration.compressionLevel)
        self.segments = GzipCompressor(segmentLevel: configuration.compressionLevel)
        self.turn = AnswerTurn(eventLoop: eventLoop)
        self.silence = SilenceWatch(eventLoop: eventLoop, interval: TimeAmount(limits.keepAliveCommentInterval))
    }

    /// The time now, put into words once a second.
    var date: String {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &now)
        if now.tv_sec != self.second {
            self.second = now.tv_sec
            self.text = HTTPDate(secondsSinceEpoch: now.tv_sec).description
        }
        return self.text
    }
}
