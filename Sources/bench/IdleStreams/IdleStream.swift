import HTTPServer
import NIOCore
import NIOPosix
import Synchronization

/// One open event stream that is never spoken to after its first event.
final class IdleStream: Sendable {
    private let channel: any Channel
    private let watcher: Watcher

    struct Failed: Error, CustomStringConvertible { let description: String }

    private init(channel: any Channel, watcher: Watcher) {
        self.channel = channel
        self.watcher = watcher
    }

    /// Opens `GET /sse` and returns once its first event is there.
    static func open(_ target: LoadTarget, on loop: any EventLoop) async throws -> IdleStream {
        let watcher = Watcher()
        let opened = loop.makePromise(of: Void.self)
        let timeout = loop.scheduleTask(in: .seconds(30)) { opened.fail(Failed(description: "no event in 30 s")) }
        defer { timeout.cancel() }
        let request = RequestBytes.get("/sse", from: target, accept: "text/event-stream")
        do {
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(10))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls = target.tls {
                            try channel.pipeline.syncOperations.addHandler(tls.makeHandler())
                        }
                        try channel.pipeline.syncOperations.addHandler(Reader(watcher: watcher, opened: opened))
                    }
                }
                .connect(host: target.host, port: target.port).get()
            channel.writeAndFlush(request, promise: nil)
            try await opened.futureResult.get()
            return IdleStream(channel: channel, watcher: watcher)
        } catch {
            opened.fail(error)
            throw error
        }
    }

    var isOpen: Bool { self.channel.isActive }
    /// Keep-alive comments that have come.
    var comments: Int { self.watcher.comments.load(ordering: .relaxed) }

    func close() async { try? await self.channel.close().get() }

    private final class Watcher: Sendable {
        let comments = Atomic(0)
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let watcher: Watcher
        private let opened: EventLoopPromise<Void>
        private var text = ""
        private var isOpen = false

        init(watcher: Watcher, opened: EventLoopPromise<Void>) {
            self.watcher = watcher
            self.opened = opened
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let arrived = String(buffer: self.unwrapInboundIn(data))
            guard !self.isOpen else {
                if arrived.contains(": keep-alive\n") { self.watcher.comments.add(1, ordering: .relaxed) }
                return
            }
            self.text += arrived
            if self.text.contains("event: endpoint\n"), self.text.contains("\n\n") {
                (self.isOpen, self.text) = (true, "")
                self.opened.succeed()
            } else if self.text.contains("\r\n\r\n"), !self.text.hasPrefix("HTTP/1.1 200 ") {
                self.opened.fail(Failed(description: "refused: \(self.text.prefix(300))"))
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.opened.fail(Failed(description: "the connection was closed"))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.opened.fail(error)
            context.close(promise: nil)
        }
    }
}
