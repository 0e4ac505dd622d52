import NIOCore
import NIOHTTP1
import Streaming

@testable import HTTPServer

/// One request to a handler, answered into memory.
final class Visit: Sendable {
    let reply: Reply
    private let sink: NIOLoopBound<MemorySink>

    /// Hands `request` to `handler` on the event loop, as a connection would.
    init(_ request: HTTPRequest, to handler: any HTTPHandler, on eventLoop: any EventLoop, pulse: Pulse) throws {
        let reply = Reply(pulse: pulse)
        self.reply = reply
        self.sink = try eventLoop.submit {
            let sink = MemorySink(reply: reply)
            let exchange = Exchange(sink: sink, eventLoop: eventLoop)
            sink.exchange = exchange
            handler.handle(request, HTTPResponder(exchange: exchange, limits: HTTPServerConfiguration.Limits()))
            return NIOLoopBound(sink, eventLoop: eventLoop)
        }.wait()
    }

    /// The client goes away.
    func leave(on eventLoop: any EventLoop) throws { try eventLoop.submit { self.sink.value.leave() }.wait() }
}

/// Takes the answer to one exchange, as a client that always reads.
private final class MemorySink: ExchangeSink {
    private let reply: Reply
    private var pipe: BodyPipe?
    var exchange: Exchange?

    init(reply: Reply) { self.reply = reply }

    var isWritable: Bool { true }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        self.reply.answer(Int(response.status.code), response.headers, response.body)
        exchange.complete()
        self.exchange = nil
    }

    func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange) {
        if case .events(let headers) = start { self.reply.open(headers) }
        self.pipe = pipe
        self.streamHasMore(for: exchange)
    }

    func streamHasMore(for exchange: Exchange) {
        while let pipe {
            switch pipe.read(maximumBytes: 32 * 1024) {
            case .bytes(let bytes): self.reply.receive(bytes)
            case .wait: return
            case .end, .failed:
                (self.pipe, self.exchange) = (nil, nil)
                exchange.complete()
                self.reply.end()
                pipe.close()
            }
        }
    }

    func leave() {
        let (pipe, exchange) = (self.pipe, self.exchange)
        (self.pipe, self.exchange) = (nil, nil)
        self.reply.leave()
        pipe?.close()
        exchange?.disconnect()
    }
}
