import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// One running zygote: forks guests when told to and says how they end.
///
/// Lives until its control channel closes; a new one takes its place then.
final class ZygoteProcess: Sendable {
    let process: SpawnedProcess
    private let channel: any Channel
    /// A second descriptor of the control socket: NIO reads and writes the first, this one passes descriptors.
    private let sender: Mutex<Descriptor>
    private let listeners: Listeners

    /// What is told about one guest; called on the control channel's event loop.
    typealias Listener = @Sendable (GuestExit) -> Void

    /// Who waits for the end of which guest, and of the zygote itself.
    fileprivate final class Listeners: Sendable {
        struct State {
            var guests: [UInt32: (listener: Listener, pid: Int32?)] = [:]
            var isClosed = false
        }
        let state = Mutex(State())
        let closed: EventLoopPromise<Void>
        let ready: EventLoopPromise<Void>

        init(on eventLoop: any EventLoop) {
            self.closed = eventLoop.makePromise()
            self.ready = eventLoop.makePromise()
        }
    }

    private init(
        process: SpawnedProcess, channel: any Channel, sender: consuming Descriptor, listeners: Listeners
    ) {
        self.process = process
        self.channel = channel
        self.sender = Mutex(sender)
        self.listeners = listeners
    }

    /// Starts the program, hands it the files and waits until it is ready.
    static func start(
        executable: String, files: [VirtualFile], walls: WallPolicy
    ) async throws -> ZygoteProcess {
        let pair = try SocketPair()
        let sender = try pair.ours.duplicate()
        let process = try SpawnedProcess(executable: executable, channel: pair.theirs)
        pair.theirs.close()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let listeners = Listeners(on: eventLoop)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ControlHandler(listeners))
                    }
                }
                .withConnectedSocket(pair.ours.release()).get()
        } catch {
            process.kill()
            listeners.closed.succeed()
            listeners.ready.succeed()
            await Self.reap(process)
            throw error
        }
        let zygote = ZygoteProcess(process: process, channel: channel, sender: sender, listeners: listeners)
        let overdue = eventLoop.scheduleTask(in: .seconds(10)) {
            listeners.ready.fail(SandboxError("the sandbox's zygote was not ready after 10 s"))
        }
        defer { overdue.cancel() }
        do {
            try await channel.writeAndFlush(Frame(.configure, body: Self.configuration(files, walls)).encoded)
            try await listeners.ready.futureResult.get()
        } catch {
            await zygote.end()
            throw error
        }
        return zygote
    }

    /// Completes when the zygote is gone.
    var closed: EventLoopFuture<Void> { self.listeners.closed.futureResult }

    /// The body of a configure frame.
    private static func configuration(_ files: [VirtualFile], _ walls: WallPolicy) -> ByteBuffer {
        var body = ByteBuffer()
        func write(_ texts: [String]) {
            for text in texts {
                body.writeInteger(UInt32(text.utf8.count))
                body.writeString(text)
            }
        }
        body.writeInteger(UInt32(2))
        body.writeInteger(UInt32(walls.demanded.count))
        write(walls.demanded.map(\.rawValue))
        body.writeInteger(UInt32(files.count))
        write(files.flatMap { [$0.path, $0.text] })
        return body
    }

    // MARK: Guests

    /// Forks a guest that serves `socket`; `listener` hears of its end, exactly once.
    ///
    /// - Throws: when the zygote cannot be told; `listener` is not called then.
    func fork(_ id: UInt32, limits: RunLimits, socket: borrowing Descriptor, listener: @escaping Listener)
        throws(SystemError)
    {
        let isOpen = self.listeners.state.withLock { state in
            if !state.isClosed { state.guests[id] = (listener, nil) }
            return !state.isClosed
        }
        guard isOpen else { throw SystemError(EPIPE, "fork") }
        let bytes = Array(buffer: Frame(.fork, id: id, body: limits.encoded).encoded)
        do throws(SystemError) {
            try self.send(bytes, passing: socket)
        } catch {
            // Whoever takes the entry out is the one who reports.
            guard self.listeners.state.withLock({ $0.guests.removeValue(forKey: id) }) != nil else { return }
            throw error
        }
    }

    private func send(_ bytes: [UInt8], passing socket: borrowing Descriptor) throws(SystemError) {
        let number = socket.number
        let failure: SystemError? = self.sender.withLock { sender in
            do throws(SystemError) {
                try sender.send(bytes, passing: number)
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }

    /// Ends a guest; nothing happens when it has ended already.
    func kill(_ id: UInt32) {
        self.channel.writeAndFlush(Frame(.kill, id: id).encoded, promise: nil)
    }

    var isClosed: Bool { self.listeners.state.withLock { $0.isClosed } }

    func processID(of id: UInt32) -> Int32? { self.listeners.state.withLock { $0.guests[id]?.pid } }

    // MARK: The end

    /// Closes the control channel, upon which the zygote kills its guests and ends; waits for that.
    func end() async {
        // Closing one of two descriptors of a socket says nothing to the other side.
        self.sender.withLock { $0.shutDown() }
        try? await self.channel.close()
        await Self.reap(self.process)
    }

    /// Waits until a process that is about to end is gone, and kills it when that takes too long.
    static func reap(_ process: SpawnedProcess) async {
        let overdue = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .seconds(2)) { process.kill() }
        // By way of a future: whoever waits for a process must do so even when cancelled.
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        try? await NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { process.wait() }.get()
        overdue.cancel()
    }
}

/// Reads what the zygote says.
private final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let listeners: ZygoteProcess.Listeners
    private var decoder = FrameDecoder(maximumBody: 4096)

    init(_ listeners: ZygoteProcess.Listeners) { self.listeners = listeners }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.decoder.append(self.unwrapInboundIn(data))
        do {
            while let frame = try self.decoder.next() { try self.handle(frame) }
        } catch { context.close(promise: nil) }
    }

    private func handle(_ frame: Frame) throws(ChannelViolation) {
        var body = frame.body
        if frame.kind == .unusable {
            self.listeners.ready.fail(SandboxError("the sandbox cannot be built: \(String(buffer: body))"))
            return
        }
        guard let number = body.readInteger(as: UInt32.self) else { throw ChannelViolation("an empty frame") }
        switch frame.kind {
        case .ready: self.listeners.ready.succeed()
        case .forked: self.listeners.state.withLock { $0.guests[frame.id]?.pid = Int32(bitPattern: number) }
        case .exited: self.ended(frame.id, GuestExit(waitStatus: Int32(bitPattern: number)))
        case .refused: self.ended(frame.id, .refused(errno: Int32(bitPattern: number)))
        default: throw ChannelViolation("a \(frame.kind) frame from the zygote")
        }
    }

    private func ended(_ id: UInt32, _ exit: GuestExit) {
        self.listeners.state.withLock { $0.guests.removeValue(forKey: id) }?.listener(exit)
    }

    func channelInactive(context: ChannelHandlerContext) {
        let orphans = self.listeners.state.withLock { state in
            state.isClosed = true
            defer { state.guests = [:] }
            return state.guests.values.map(\.listener)
        }
        for listener in orphans { listener(.zygoteLost) }
        self.listeners.ready.fail(SandboxError("the sandbox's zygote ended before it was ready"))
        self.listeners.closed.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
