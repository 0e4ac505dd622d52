import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import HTTPServer

/// An event stream that nobody reads, on an event loop that nothing drives.
enum UnreadStream {
    private final class Nowhere: ExchangeSink {
        var isWritable: Bool { false }
        func send(_ response: HTTPResponse, for exchange: Exchange) {}
        func startEvents(_ queue: EventQueue, headers: HTTPHeaders, for exchange: Exchange) {}
        func eventsQueued(for exchange: Exchange) {}
    }

    static func make(on loop: EmbeddedEventLoop) -> EventStream {
        EventStream(
            queue: EventQueue(exchange: Exchange(sink: Nowhere(), eventLoop: loop), limitBytes: 1024))
    }
}
