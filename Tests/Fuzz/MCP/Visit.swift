import NIOCore
import NIOHTTP1

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
    private var queue: EventQueue?
    var exchange: Exchange?

    init(reply: Reply) { self.reply = reply }

    var isWritable: Bool { true }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        self.reply.answer(Int(response.status.code), response.headers, response.body)
        exchange.complete()
        self.exchange = nil
    }

    func startEvents(_ queue: EventQueue, headers: HTTPHeaders, for exchange: Exchange) {
        self.reply.open(headers)
        self.queue = queue
        self.eventsQueued(for: exchange)
    }

    func eventsQueued(for exchange: Exchange) {
        while let queue {
            switch queue.next(maximumBytes: 32 * 1024) {
            case .write(let bytes): self.reply.receive(bytes)
            case .wait where !queue.isClosed: return
            case .wait, .end:
                (self.queue, self.exchange) = (nil, nil)
                exchange.complete()
                self.reply.end()
                queue.close()
            }
        }
    }

    func leave() {
        let (queue, exchange) = (self.queue, self.exchange)
        (self.queue, self.exchange) = (nil, nil)
        self.reply.leave()
        queue?.close()
        exchange?.disconnect()
    }
}
