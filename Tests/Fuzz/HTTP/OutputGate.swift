import FuzzSupport
import NIOCore

/// Ends one side of a connection, which the channel without a socket does not know how to do.
///
/// Stands next to the channel, so that it sees what is written when it is.
final class OutputGate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var outputHasEnded = false
    var inputHasEnded = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isSound = !self.outputHasEnded || self.unwrapOutboundIn(data).readableBytes == 0
        FuzzSupport.promise(isSound, "bytes after the end of our side")
        context.write(data, promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        self.outputHasEnded = true
        promise?.succeed()
    }
}
