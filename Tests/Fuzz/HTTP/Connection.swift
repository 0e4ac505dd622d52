import FuzzSupport
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix

@testable import HTTPServer

/// A server's connection without a socket, played from a script.
final class Connection {
    static let bodyBytes = 256
    private static let configuration: HTTPServerConfiguration = {
        var configuration = HTTPServerConfiguration()
        // Small, so that inputs reach them.
        configuration.limits.headerBytes = 512
        configuration.limits.bodyBytes = Connection.bodyBytes
        configuration.limits.eventBacklogBytes = 2048
        return configuration
    }()

    private static let switchboard = Switchboard()
    /// Made once: it is made on event loops, and connections only read it.
    private static let settings: EventLoopFuture<ConnectionSettings> = {
        let group = MultiThreadedEventLoopGroup.singleton
        return group.any().makeFutureWithTask {
            try await ConnectionSettings(
                configuration: Connection.configuration, handler: Connection.switchboard,
                logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }, group: group)
        }
    }()

    let handler = ScriptedHandler()
    private let channel = EmbeddedChannel()
    private let gate = OutputGate()
    private var output: [UInt8] = []
    /// Whether an answer may have been cut off.
    private(set) var isBroken = false

    init() throws {
        Self.switchboard.connect(to: self.handler)
        let initializer = ConnectionInitializer(
            settings: try Self.settings.wait(), registry: ConnectionRegistry(limit: 1), certificates: nil)
        try self.channel.pipeline.syncOperations.addHandler(self.gate)
        try initializer.initialize(self.channel).wait()
        try self.channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// Plays the script, lets everything come to its end, and returns what went out.
    func play(_ script: Script) throws -> [WireResponse] {
        for event in script.events where self.channel.isActive { try self.play(event) }
        if self.channel.isActive { try self.end() }
        promise(!self.channel.isActive, "the connection stays open after its client has left")
        _ = try? self.channel.finish(acceptAlreadyClosed: true)
        return ResponseReader.read(self.output, methods: self.handler.handled.map(\.method))
    }

    private func play(_ event: Script.Event) throws {
        switch event {
        // The client's bytes find their way only while its side is open.
        case .bytes(let bytes): if !self.gate.inputHasEnded { try self.receive(bytes) }
        case .halfClose: self.halfClose()
        case .close:
            self.isBroken = true
            self.channel.close(promise: nil)
        case .unwritable: self.setWritable(false)
        case .writable: self.setWritable(true)
        case .deadline:
            self.isBroken = true
            try self.channel.pipeline.syncOperations.handler(type: HTTP1Handler.self).deadlineExpired()
        case .quiesce: self.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        case .answer: _ = self.handler.answer()
        case .send: self.handler.send()
        case .finish: _ = self.handler.finish()
        }
        self.collect()
    }

    private func receive(_ bytes: [UInt8]) throws {
        self.channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
        self.channel.pipeline.fireChannelReadComplete()
        try self.channel.throwIfErrorCaught()
    }

    private func halfClose() {
        guard !self.gate.inputHasEnded else { return }
        self.gate.inputHasEnded = true
        self.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    private func setWritable(_ isWritable: Bool) {
        guard self.channel.isWritable != isWritable else { return }
        self.channel.isWritable = isWritable
        self.channel.pipeline.fireChannelWritabilityChanged()
    }

    /// The client reads on, everything that waits is answered, and the client leaves.
    private func end() throws {
        self.setWritable(true)
        self.halfClose()
        self.collect()
        while self.channel.isActive, self.handler.answer() || self.handler.finish() { self.collect() }
    }

    private func collect() {
        self.channel.embeddedEventLoop.run()
        // Whatever the type, a failure to read is a mistake of the pipeline's.
        do {
            while let bytes = try self.channel.readOutbound(as: ByteBuffer.self) {
                self.output += bytes.readableBytesView
            }
        } catch { finding("\(error)") }
    }
}
