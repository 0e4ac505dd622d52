import NIOCore
import NIOPosix
import TestSupport

/// One exchange on one connection, as text.
enum PlainConnection {
    /// Sends `text` and returns everything until the other side closes, at most for 20 seconds.
    static func exchange(port: Int, _ text: String) async throws -> String {
        let group = MultiThreadedEventLoopGroup.singleton
        let channel = try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get()
        let promise = channel.eventLoop.makePromise(of: String.self)
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(Collector(promise))
        }.get()
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(20)) { channel.close(promise: nil) }
        defer { timeout.cancel() }
        channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        return try await promise.futureResult.get()
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let promise: EventLoopPromise<String>
        private var bytes = ByteBuffer()

        init(_ promise: EventLoopPromise<String>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var piece = self.unwrapInboundIn(data)
            self.bytes.writeBuffer(&piece)
        }

        func handlerRemoved(context: ChannelHandlerContext) { self.promise.succeed(String(buffer: self.bytes)) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
