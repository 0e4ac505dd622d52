import Logging
import NIOCore
import NIOHTTP1

/// Waits for the TLS handshake, then sets up the protocol it agreed on and leaves.
final class ProtocolSelector: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let initializer: ConnectionInitializer
    private var timer: ConnectionTimer?

    init(initializer: ConnectionInitializer) { self.initializer = initializer }

    func handlerAdded(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        self.timer = ConnectionTimer(eventLoop: context.eventLoop) { bound.value.close(promise: nil) }
        self.timer?.set(.now() + TimeAmount(self.initializer.settings.limits.headerTimeout))
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.timer?.stop() }

    func channelInactive(context: ChannelHandlerContext) {
        self.timer?.stop()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let handshake as TLSHandshakeCompleted:
            self.timer?.stop()
            do {
                try self.initializer.addHTTPHandlers(to: context.channel, after: handshake)
                context.pipeline.syncOperations.removeHandler(self, promise: nil)
            } catch {
                context.close(promise: nil)
            }
        case is ChannelShouldQuiesceEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.initializer.settings.logger.debug(
            "TLS handshake failed", metadata: ["error": "\(error)", "phase": "tls"])
        guard (error as? TLSError)?.code == .plainHTTP else { return }
        // Says so in the client's own language, past the TLS handler.
        let composer = self.initializer.settings.composer
        let loopContext = self.initializer.settings.context(of: context.eventLoop)
        let answer = composer.compose(
            HTTPRefusal.plainHTTP.response, method: .GET, requestHeaders: [:], date: loopContext.date,
            gzip: { _ in nil })
        let below = try? context.pipeline.syncOperations.context(handlerType: TLSHandler.self)
        below?.writeAndFlush(self.wrapOutboundOut(HTTP1Encoding.encode(answer, .close).0), promise: nil)
    }
}
