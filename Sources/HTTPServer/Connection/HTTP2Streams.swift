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
        self.manager.streamClosed(id, channel: channel)
        self.watcher.value.streamClosed(channel)
    }
}
