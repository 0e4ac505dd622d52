import HTTPServer
import NIOCore
import NIOPosix
import Synchronization

/// A TCP connection on which tests say exactly what they want.
final class RawClient: Sendable {
    private let channel: any Channel
    private let inbox: Inbox

    private init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// - Parameter reads: false for a client that never reads.
    static func connect(
        port: Int, reads: Bool = true, receiveBufferBytes: Int? = nil, tls: TLSContext? = nil
    ) async throws -> RawClient {
        let inbox = Inbox()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.makeHandler()) }
                    try channel.pipeline.syncOperations.addHandler(Collector(inbox))
                }
            }
        if let receiveBufferBytes {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBufferBytes)
        }
        let client = RawClient(channel: try await bootstrap.connect(host: "127.0.0.1", port: port).get(), inbox: inbox)
        if tls != nil {
            if !reads { try await client.setReads(true) }
            try await inbox.waitForHandshake()
            if !reads { try await client.setReads(false) }
        }
        return client
    }

    /// Sends `request` on a connection of its own and returns everything until the server closes.
    static func exchange(port: Int, _ request: String) async throws -> String {
        let client = try await self.connect(port: port)
        try await client.send(request)
        return try await client.receiveAll()
    }

    func send(_ text: String) async throws { try await self.send(ByteBuffer(string: text)) }

    func send(_ bytes: ByteBuffer) async throws { try await self.channel.writeAndFlush(bytes).get() }

    /// Sends without waiting for it to arrive.
    func sendWithoutWaiting(_ text: String) { self.channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    func closeOutput() async throws { try await self.channel.close(mode: .output).get() }

    func close() async throws { try await self.channel.close().get() }

    func setReads(_ reads: Bool) async throws { try await self.channel.setOption(.autoRead, value: reads).get() }

    /// Returns all that has arrived as soon as it contains `text` `count` times.
    @discardableResult
    func receive(until text: String, count: Int = 1) async throws -> String {
        try await self.inbox.wait(for: "\(count) × \(text)") { content, _ in
            content.split(separator: text, omittingEmptySubsequences: false).count > count
        }
    }

    /// Returns all that has arrived when the server has ended its side.
    @discardableResult
    func receiveAll() async throws -> String {
        let content = try await self.inbox.wait(for: "the end") { $1 }
        self.channel.close(promise: nil)
        return content
    }

    /// What went wrong on the connection.
    var error: (any Error)? { self.inbox.error }

    /// What the TLS handshake agreed on.
    var handshake: TLSHandshakeCompleted? { self.inbox.handshake }
}

extension RawClient {
    /// What has arrived, and who waits for more.
    final class Inbox: Sendable {
        private struct State {
            var content = ""
            var isAtEnd = false
            var error: (any Error)?
            var handshake: TLSHandshakeCompleted?
            var waiters: [(@Sendable (String, Bool) -> Bool, EventLoopPromise<String>)] = []
        }

        private let state = Mutex(State())

        var content: String { self.state.withLock { $0.content } }
        var error: (any Error)? { self.state.withLock { $0.error } }
        var handshake: TLSHandshakeCompleted? { self.state.withLock { $0.handshake } }

        func fail(_ error: any Error) { self.update { $0.error = $0.error ?? error } }

        func agree(_ handshake: TLSHandshakeCompleted) { self.update { $0.handshake = handshake } }

        func waitForHandshake() async throws {
            _ = try await self.wait(for: "handshake") { _, _ in self.handshake != nil }
        }

        func append(_ text: String) { self.update { $0.content += text } }

        func end() { self.update { $0.isAtEnd = true } }

        func wait(for what: String, _ condition: @escaping @Sendable (String, Bool) -> Bool) async throws -> String {
            let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
            let timeout = promise.futureResult.eventLoop.scheduleTask(in: .seconds(10)) {
                promise.fail(DeadlineExceeded(description: "no \(what); got: \(self.content.prefix(2000))"))
            }
            defer { timeout.cancel() }
            self.update { $0.waiters.append((condition, promise)) }
            return try await promise.futureResult.get()
        }

        private func update(_ change: (inout State) -> Void) {
            let (content, isAtEnd, waiters) = self.state.withLock { state in
                change(&state)
                defer { state.waiters = [] }
                return (state.content, state.isAtEnd, state.waiters)
            }
            for (condition, promise) in waiters {
                if condition(content, isAtEnd) {
                    promise.succeed(content)
                } else if isAtEnd {
                    // Nobody's wish will come true any more.
                    promise.fail(DeadlineExceeded(description: "the connection ended; got: \(content.prefix(2000))"))
                } else {
                    self.state.withLock { $0.waiters.append((condition, promise)) }
                }
            }
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let inbox: Inbox

        init(_ inbox: Inbox) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.inbox.append(String(buffer: self.unwrapInboundIn(data)))
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event as? ChannelEvent == .inputClosed { self.inbox.end() }
            if let handshake = event as? TLSHandshakeCompleted { self.inbox.agree(handshake) }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.inbox.end()
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.inbox.fail(error)
            context.close(promise: nil)
        }
    }
}
