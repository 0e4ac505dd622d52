import JSON
import NIOCore
import NIOHTTP1

@testable import HTTPServer

/// What comes back for one request.
struct MCPReply: Sendable {
    private let exchange: Exchange
    private let sink: NIOLoopBound<ReplySink>
    /// Messages as they come: of a stream, or the one of a plain answer.
    let messages: AsyncStream<JSONValue>

    init(exchange: Exchange, sink: ReplySink) {
        self.exchange = exchange
        self.sink = NIOLoopBound(sink, eventLoop: exchange.eventLoop)
        self.messages = sink.messages
    }

    /// The last message, when the reply has ended.
    func end() async -> JSONValue? { await self.all().last }

    func all() async -> [JSONValue] {
        var all: [JSONValue] = []
        for await message in self.messages { all.append(message) }
        return all
    }

    func headers() async -> HTTPHeaders {
        let sink = self.sink
        return (try? await self.exchange.eventLoop.submit { sink.value.headers }.get()) ?? [:]
    }

    /// The client goes away.
    func disconnect() async throws {
        let exchange = self.exchange
        try await exchange.eventLoop.submit { exchange.disconnect() }.get()
    }
}
