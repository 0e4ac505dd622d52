import NIOCore

/// Tells an `HTTP1Handler` of raw bytes, which the parser in between does not.
final class HTTP1ByteMonitor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let handler: HTTP1Handler

    init(handler: HTTP1Handler) { self.handler = handler }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.handler.bytesArrived(self.unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
        self.handler.bytesParsed()
    }
}
