import HTTPServer
import NIOCore
import NIOPosix

/// One keep-alive connection that sends one request at a time; everything happens on its event loop.
///
/// Requests are bytes made beforehand, and of an answer only the head is looked at: the generator shares the machine
/// with what it measures.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias Completion = (Result<Answer, any Error>) -> Void

    struct Closed: Error, CustomStringConvertible { let description = "the connection was closed" }

    private var channel: (any Channel)?
    private var reader = AnswerReader()
    private var isWaiting = false
    /// Gets the answer to each request, or why there is none and never will be.
    var onAnswer: Completion = { _ in }

    /// Connects, with TLS when the target has a context, and calls back once the connection takes requests.
    static func open(
        _ target: LoadTarget, on loop: any EventLoop, then: @escaping (Result<LoadConnection, any Error>) -> Void
    ) {
        let connection = NIOLoopBound(LoadConnection(), eventLoop: loop)
        let callback = NIOLoopBound(then, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls = target.tls {
                        try channel.pipeline.syncOperations.addHandler(tls.makeHandler())
                    }
                    try channel.pipeline.syncOperations.addHandler(connection.value)
                }
            }
            .connect(host: target.host, port: target.port)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    connection.value.channel = channel
                    callback.value(.success(connection.value))
                case .failure(let error): callback.value(.failure(error))
                }
            }
    }

    /// Sends one request, head and body.
    func send(_ request: ByteBuffer) {
        self.isWaiting = true
        guard let channel, channel.isActive else { return self.finish(.failure(Closed())) }
        channel.writeAndFlush(request, promise: nil)
    }

    func close() { self.channel?.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(AnswerHead.Unreadable) {
            if let answer = try self.reader.receive(self.unwrapInboundIn(data)) { self.finish(.success(answer)) }
        } catch {
            self.finish(.failure(error))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { self.finish(.failure(Closed())) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.finish(.failure(error))
        context.close(promise: nil)
    }

    private func finish(_ result: Result<Answer, any Error>) {
        guard self.isWaiting else { return }
        self.isWaiting = false
        self.onAnswer(result)
    }
}
