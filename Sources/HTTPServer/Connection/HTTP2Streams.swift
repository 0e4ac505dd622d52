import NIOCore
import NIOHTTP2

/// Passes on word of new and closed streams.
///
/// Called on the connection's event loop.
struct HTTP2Streams: NIOHTTP2StreamDelegate {
    let manager: NIOHTTP2ServerConnectionManagementHandler.HTTP2StreamDelegate
    let watcher: NIOLoopBound<HTTP2ConnectionHandler>

    func streamCreated(_ id: HTTP2StreamID, channel: any Channel) {
        self.manager.streamCreated(id, channel: channel)
        self.watcher.value.streamCreated(channel)
    }

    func streamClosed(_ id: HTTP2StreamID, channel: any Channel) {
        // A stream whose header is refused ends without ever having begun, which the manager takes for a fault of NIO's.
        guard self.watcher.value.streamClosed(channel) else { return }
        self.manager.streamClosed(id, channel: channel)
    }
}
