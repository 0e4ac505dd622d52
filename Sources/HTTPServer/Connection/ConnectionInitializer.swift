import Logging
import NIOCore
import NIOHTTP1

/// Sets up the handlers of a new connection.
struct ConnectionInitializer: Sendable {
    let settings: ConnectionSettings
    let registry: ConnectionRegistry
    /// nil for plain HTTP.
    let certificates: CertificateHolder?

    func initialize(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard self.registry.add(channel) else {
            self.settings.logger.debug("refused a connection over the limit", metadata: ["phase": "accept"])
            return channel.close()
        }
        return channel.eventLoop.makeCompletedFuture {
            guard let certificates else { return try self.addHTTPHandlers(to: channel, after: nil) }
            try channel.pipeline.syncOperations.addHandlers([
                certificates.current.makeHandler(), ProtocolSelector(initializer: self),
            ])
        }
    }

    /// Adds what speaks the negotiated protocol.
    ///
    /// - Parameter handshake: nil on a plain connection.
    func addHTTPHandlers(to channel: any Channel, after handshake: TLSHandshakeCompleted?) throws {
        var info = ConnectionInfo()
        info.peerAddress = channel.remoteAddress?.ipAddress ?? ""
        info.isTLS = handshake != nil
        info.clientCertificateSubject = handshake?.peerSubject
        info.isHTTP2 = handshake?.applicationProtocol == "h2"
        if info.isHTTP2 {
            try HTTP2Connection.addHandlers(to: channel, settings: self.settings, info: info)
        } else {
            try self.addHTTP1Handlers(to: channel, info: info)
        }
    }

    private func addHTTP1Handlers(to channel: any Channel, info: ConnectionInfo) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderListSize = self.settings.limits.headerBytes
        limits.maxHeaderFieldSize = self.settings.limits.headerBytes
        let handler = HTTP1Handler(settings: self.settings, info: info, eventLoop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandlers([
            HTTP1ByteMonitor(handler: handler),
            ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits)),
            handler,
        ])
    }
}
