import Logging
import NIOCore
import NIOHTTP1

/// Sets up the handlers of a new connection.
struct ConnectionInitializer: Sendable {
    let settings: ConnectionSettings
    let registry: ConnectionRegistry

    func initialize(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard self.registry.add(channel) else {
            self.settings.logger.debug("refused a connection over the limit")
            return channel.close()
        }
        return channel.eventLoop.makeCompletedFuture {
            var info = ConnectionInfo()
            info.peerAddress = channel.remoteAddress?.ipAddress ?? ""
            try self.addHTTP1Handlers(to: channel.pipeline.syncOperations, info: info, eventLoop: channel.eventLoop)
        }
    }

    private func addHTTP1Handlers(
        to pipeline: ChannelPipeline.SynchronousOperations, info: ConnectionInfo, eventLoop: any EventLoop
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = self.settings.limits.headerBytes
        limits.maxHeaderFieldSize = self.settings.limits.headerBytes
        let handler = HTTP1Handler(settings: self.settings, info: info, eventLoop: eventLoop)
        try pipeline.addHandlers([
            HTTP1ByteMonitor(handler: handler),
            ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits)),
            handler,
        ])
    }
}
