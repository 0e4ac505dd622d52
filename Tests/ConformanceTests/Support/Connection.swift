import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix

/// One TCP or TLS connection, used by one test at a time; every wait on it ends.
final class Connection {
    /// Nothing came within the time allowed, or the server closed too early.
    struct NoAnswer: Error, CustomStringConvertible {
        let description: String
        /// The server did end the connection; otherwise it kept silent.
        var isCut = false
    }

    private enum Arrival: Sendable {
        case bytes(ByteBuffer)
        case timedOut(wait: Int)
    }

    static let patience = Duration.seconds(20)

    private let channel: any Channel
    private let authority: String
    private let continuation: AsyncStream<Arrival>.Continuation
    private var arrivals: AsyncStream<Arrival>.Iterator
    private var reader = ResponseReader()
    private var waits = 0
    /// True once the server has ended its side.
    private(set) var isClosed = false

    static func open(port: Int, authority: String, tls: TLSContext? = nil) async throws -> Connection {
        let (arrivals, continuation) = AsyncStream.makeStream(of: Arrival.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler()) }
                    try channel.pipeline.syncOperations.addHandler(Forwarder(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return Connection(channel: channel, authority: authority, arrivals: arrivals, continuation: continuation)
    }

    private init(
        channel: any Channel, authority: String, arrivals: AsyncStream<Arrival>,
        continuation: AsyncStream<Arrival>.Continuation
    ) {
        self.channel = channel
        self.authority = authority
        self.continuation = continuation
        self.arrivals = arrivals.makeAsyncIterator()
    }

    deinit { self.channel.close(promise: nil) }

    func close() async { try? await self.channel.close().get() }

    func write(_ bytes: ByteBuffer) { self.channel.writeAndFlush(bytes, promise: nil) }

    func write(_ request: Request) { self.write(request.bytes(authority: self.authority)) }

    /// Sends a request and reads the whole answer.
    func send(_ request: Request) async throws -> Answer {
        self.write(request)
        return try await self.readAnswer()
    }

    /// Sends a request and returns when the answer's head has come.
    func open(_ request: Request) async throws -> EventStream {
        self.write(request)
        let (status, headers) = try await self.readHead()
        return EventStream(connection: self, status: status, headers: headers)
    }

    func readAnswer() async throws -> Answer {
        let (status, headers) = try await self.readHead()
        var body: [UInt8] = []
        while let piece = try await self.readBody() { body += piece }
        return Answer(status: status, headers: headers, body: body)
    }

    private func readHead() async throws -> (status: Int, headers: HTTPHeaders) {
        guard case .head(let status, let headers)? = try await self.readPart(within: Connection.patience) else {
            throw NoAnswer(description: "no head of a response", isCut: self.isClosed)
        }
        return (status, headers)
    }

    /// The next piece of the body; nil at its end.
    ///
    /// - Throws: ``NoAnswer`` when neither comes in time.
    func readBody(within limit: Duration = Connection.patience) async throws -> [UInt8]? {
        switch try await self.readPart(within: limit) {
        case .body(let bytes): return bytes
        case .end: return nil
        case .head: throw NoAnswer(description: "a second head inside a response")
        case nil:
            throw NoAnswer(
                description: self.isClosed ? "the connection was cut" : "nothing within \(limit)", isCut: self.isClosed)
        }
    }

    /// Waits until the server closes; false when it does not in time.
    func awaitClose(within limit: Duration = Connection.patience) async -> Bool {
        while case .bytes? = await self.nextArrival(within: limit) {}
        return self.isClosed
    }

    /// The next part; nil when time is up or the connection has ended.
    private func readPart(within limit: Duration) async throws -> ResponseReader.Part? {
        while true {
            if let part = try self.reader.next() { return part }
            guard case .bytes(let bytes)? = await self.nextArrival(within: limit) else {
                return self.isClosed ? try self.reader.close() : nil
            }
            self.reader.feed(bytes)
        }
    }

    private func nextArrival(within limit: Duration) async -> Arrival? {
        if self.isClosed { return nil }
        self.waits += 1
        let wait = self.waits
        let timer = self.channel.eventLoop.scheduleTask(in: TimeAmount(limit)) { [continuation] in
            _ = continuation.yield(.timedOut(wait: wait))
        }
        defer { timer.cancel() }
        while let arrival = await self.arrivals.next(isolation: #isolation) {
            switch arrival {
            case .bytes: return arrival
            case .timedOut(wait): return nil
            case .timedOut: continue
            }
        }
        self.isClosed = true
        return nil
    }

    /// Hands what arrives to the connection's reader.
    private final class Forwarder: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let continuation: AsyncStream<Arrival>.Continuation

        init(continuation: AsyncStream<Arrival>.Continuation) { self.continuation = continuation }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.continuation.yield(.bytes(self.unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) { self.continuation.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.continuation.finish()
            context.close(promise: nil)
        }
    }
}
