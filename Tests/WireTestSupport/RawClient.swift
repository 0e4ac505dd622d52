import Glibc
package import HTTPServer
package import NIOCore
import NIOPosix
import Synchronization

/// A TCP connection on which tests say exactly what they want.
package final class RawClient: Sendable {
    private let channel: any Channel
    private let inbox: Inbox

    private init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// - Parameter reads: false for a client that never reads.
    package static func connect(
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
            _ = try await inbox.wait(for: "handshake") { $0.handshake != nil }
            if !reads { try await client.setReads(false) }
        }
        return client
    }

    /// The other end of a connection that somebody made.
    convenience init(accepting channel: any Channel) throws {
        let inbox = Inbox()
        try channel.pipeline.syncOperations.addHandler(Collector(inbox))
        self.init(channel: channel, inbox: inbox)
    }

    /// Sends `request` on a connection of its own and returns everything until the server closes.
    package static func exchange(port: Int, _ request: String) async throws -> String {
        let client = try await self.connect(port: port)
        try await client.send(request)
        return try await client.receiveAll()
    }

    package func send(_ text: String) async throws { try await self.send(ByteBuffer(string: text)) }

    package func send(_ bytes: ByteBuffer) async throws { try await self.channel.writeAndFlush(bytes).get() }

    /// Sends without waiting for it to arrive.
    package func sendWithoutWaiting(_ text: String) {
        self.channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    package func closeOutput() async throws { try await self.channel.close(mode: .output).get() }

    /// Ends the connection with RST.
    package func reset() async throws {
        try await (self.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await self.channel.close().get()
    }

    /// Whether the connection is still there.
    package var isOpen: Bool { self.channel.isActive }

    package func close() async throws { try await self.channel.close().get() }

    package func setReads(_ reads: Bool) async throws {
        try await self.channel.setOption(.autoRead, value: reads).get()
    }

    /// Returns all that has arrived as soon as it contains `text` `count` times.
    @discardableResult
    package func receive(until text: String, count: Int = 1) async throws -> String {
        try await self.inbox.wait(for: "\(count) × \(text)") {
            $0.content.split(separator: text, omittingEmptySubsequences: false).count > count
        }
    }

    /// Returns all that has arrived when the server has ended its side.
    @discardableResult
    package func receiveAll() async throws -> String {
        let content = try await self.inbox.wait(for: "the end") { $0.isAtEnd }
        self.channel.close(promise: nil)
        return content
    }

    /// Whether the other side has ended its own.
    package var isAtEnd: Bool { self.inbox.snapshot.isAtEnd }

    /// All that has arrived so far.
    package var content: String { self.inbox.snapshot.content }

    /// What went wrong on the connection.
    package var error: (any Error)? { self.inbox.snapshot.error }

    /// What the TLS handshake agreed on.
    package var handshake: TLSHandshakeCompleted? { self.inbox.snapshot.handshake }
}

extension RawClient {
    /// What has arrived so far.
    package struct Snapshot {
        var content = ""
        var isAtEnd = false
        var error: (any Error)?
        var handshake: TLSHandshakeCompleted?
    }

    /// What has arrived, and who waits for more.
    package final class Inbox: Sendable {
        typealias Condition = @Sendable (Snapshot) -> Bool

        private struct State {
            var snapshot = Snapshot()
            var waiters: [(Condition, EventLoopPromise<String>)] = []
        }

        private let state = Mutex(State())

        var snapshot: Snapshot { self.state.withLock { $0.snapshot } }

        func wait(for what: String, _ condition: @escaping Condition) async throws -> String {
            let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
            let timeout = promise.futureResult.eventLoop.scheduleTask(in: .seconds(10)) {
                let content = self.snapshot.content
                promise.fail(DeadlineExceeded(description: "no \(what); got: \(content.prefix(2000))"))
            }
            defer { timeout.cancel() }
            self.state.withLock { $0.waiters.append((condition, promise)) }
            self.update { _ in }
            return try await promise.futureResult.get()
        }

        func update(_ change: (inout Snapshot) -> Void) {
            let (snapshot, satisfied, hopeless) = self.state.withLock { state in
                change(&state.snapshot)
                let snapshot = state.snapshot
                var satisfied: [EventLoopPromise<String>] = []
                var others: [(Condition, EventLoopPromise<String>)] = []
                for waiter in state.waiters {
                    if waiter.0(snapshot) { satisfied.append(waiter.1) } else { others.append(waiter) }
                }
                // After the end nobody's wish will come true any more.
                state.waiters = snapshot.isAtEnd ? [] : others
                return (snapshot, satisfied, snapshot.isAtEnd ? others.map(\.1) : [])
            }
            for promise in satisfied { promise.succeed(snapshot.content) }
            for promise in hopeless {
                let error = snapshot.error.map { " with \($0)" } ?? ""
                promise.fail(
                    DeadlineExceeded(description: "the connection ended\(error); got: \(snapshot.content.prefix(2000))")
                )
            }
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let inbox: Inbox

        init(_ inbox: Inbox) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: self.unwrapInboundIn(data))
            self.inbox.update { $0.content += text }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event as? ChannelEvent == .inputClosed { self.inbox.update { $0.isAtEnd = true } }
            if let handshake = event as? TLSHandshakeCompleted { self.inbox.update { $0.handshake = handshake } }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.inbox.update { $0.isAtEnd = true }
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.inbox.update { $0.error = $0.error ?? error }
            context.close(promise: nil)
        }
    }
}
