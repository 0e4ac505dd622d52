import NIOCore
import NIOHTTP2

/// Sets up an HTTP/2 connection.
enum HTTP2Connection {
    private static let concurrentStreams = 100
    private static let streamWindowBytes = 256 * 1024
    private static let connectionWindowBytes = 1024 * 1024

    static func addHandlers(to channel: any Channel, settings: ConnectionSettings, info: ConnectionInfo) throws {
        let manager = NIOHTTP2ServerConnectionManagementHandler(
            eventLoop: channel.eventLoop,
            configuration: .init(maxIdleTime: nil, maxAge: nil, maxGraceTime: nil, keepalive: nil))
        let watcher = HTTP2ConnectionHandler(limits: settings.limits, eventLoop: channel.eventLoop)
        let delegate = HTTP2Streams(
            manager: manager.http2StreamDelegate, watcher: NIOLoopBound(watcher, eventLoop: channel.eventLoop))
        let codec = NIOHTTP2Handler(
            mode: .server, eventLoop: channel.eventLoop,
            connectionConfiguration: self.connectionConfiguration(settings.limits),
            streamConfiguration: self.streamConfiguration(), streamDelegate: delegate
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandlers([
                    HTTP2Authority(),
                    HTTP2FramePayloadToHTTP1ServerCodec(),
                    HTTP2StreamHandler(settings: settings, info: info, eventLoop: stream.eventLoop),
                ])
            }
        }
        try channel.pipeline.syncOperations.addHandlers([codec, manager, watcher])
    }

    private static func connectionConfiguration(_ limits: HTTPServerConfiguration.Limits)
        -> NIOHTTP2Handler.ConnectionConfiguration
    {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.targetWindowSize = self.connectionWindowBytes
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: self.concurrentStreams),
            HTTP2Setting(parameter: .initialWindowSize, value: self.streamWindowBytes),
            // Beyond this the connection ends, since its header compression state is lost; up to this a request over
            // the limit is answered 431.
            HTTP2Setting(parameter: .maxHeaderListSize, value: max(64 * 1024, limits.headerBytes * 4)),
        ]
        return configuration
    }

    private static func streamConfiguration() -> NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = self.streamWindowBytes
        configuration.outboundBufferSizeHighWatermark = 64 * 1024
        configuration.outboundBufferSizeLowWatermark = 32 * 1024
        return configuration
    }
}
