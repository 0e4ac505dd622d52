import NIOCore
import NIOHTTP1
import NIOPosix

/// A plain HTTP/1.1 client with one connection for each request.
struct HTTPClient {
    let port: Int

    struct Response {
        let status: Int
        let headers: HTTPHeaders
        let body: String
    }

    /// The head of a response and what is still to come of its body.
    struct Stream {
        let status: Int
        let headers: HTTPHeaders
        private var parts: AsyncStream<HTTPClientResponsePart>.Iterator
        private let channel: any Channel

        init(
            status: Int, headers: HTTPHeaders, parts: AsyncStream<HTTPClientResponsePart>.Iterator,
            channel: any Channel
        ) {
            (self.status, self.headers, self.parts, self.channel) = (status, headers, parts, channel)
        }

        /// The next piece of the body; nil at its end.
        mutating func next() async -> String? {
            while let part = await self.parts.next(isolation: #isolation) {
                switch part {
                case .head: continue
                case .body(let bytes): return String(buffer: bytes)
                case .end: return nil
                }
            }
            return nil
        }

        func close() { self.channel.close(promise: nil) }
    }

    struct NoAnswer: Error {}

    func send(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: String? = nil
    ) async throws -> Response {
        try await self.send(method, path, headers: headers, bytes: body.map { ByteBuffer(string: $0) })
    }

    func send(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], bytes: ByteBuffer?
    ) async throws -> Response {
        var stream = try await self.open(method, path, headers: headers, bytes: bytes)
        var body = ""
        while let piece = await stream.next() { body += piece }
        stream.close()
        return Response(status: stream.status, headers: stream.headers, body: body)
    }

    /// Sends a request and returns when the response's head has come.
    func open(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], bytes: ByteBuffer? = nil
    ) async throws -> Stream {
        let (parts, continuation) = AsyncStream.makeStream(of: HTTPClientResponsePart.self)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(PartForwarder(continuation: continuation))
                }
            }
            .connect(host: "127.0.0.1", port: self.port).get()
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
        if !head.headers.contains(name: "host") { head.headers.add(name: "host", value: "127.0.0.1:\(self.port)") }
        if let bytes { head.headers.replaceOrAdd(name: "content-length", value: String(bytes.readableBytes)) }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if let bytes { channel.write(HTTPClientRequestPart.body(.byteBuffer(bytes)), promise: nil) }
        try await channel.writeAndFlush(HTTPClientRequestPart.end(nil))
        var iterator = parts.makeAsyncIterator()
        while let part = await iterator.next() {
            guard case .head(let head) = part else { continue }
            return Stream(
                status: Int(head.status.code), headers: head.headers, parts: iterator, channel: channel)
        }
        throw NoAnswer()
    }
}

/// Hands the parts of a response to an asynchronous sequence.
private final class PartForwarder: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    private let continuation: AsyncStream<HTTPClientResponsePart>.Continuation

    init(continuation: AsyncStream<HTTPClientResponsePart>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.continuation.yield(self.unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) { self.continuation.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.continuation.finish()
        context.close(promise: nil)
    }
}
