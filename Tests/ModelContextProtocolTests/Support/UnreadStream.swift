import NIOCore
import NIOEmbedded
import NIOHTTP1
import Streaming

@testable import HTTPServer

/// An event stream that nobody reads, on an event loop that nothing drives.
enum UnreadStream {
    private final class Nowhere: ExchangeSink {
        var isWritable: Bool { false }
        func send(_ response: HTTPResponse, for exchange: Exchange) {}
        func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange) {}
        func streamHasMore(for exchange: Exchange) {}
    }

    static func make(on loop: EmbeddedEventLoop) -> EventStream {
        let stream = EventStream(limitBytes: 1024)
        _ = Exchange(sink: Nowhere(), eventLoop: loop).startStream(stream.pipe, .events([:]))
        return stream
    }
}
