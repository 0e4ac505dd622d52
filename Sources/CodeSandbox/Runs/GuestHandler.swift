import NIOCore

/// Carries out what `RunState` decides for one guest; lives on the event loop of its channel.
final class GuestHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let limits: RunLimits
    private let eventLoop: any EventLoop
    private let kill: () -> Void
    /// Ends the whole zygote, for a guest that does not die when it is killed.
    private let restart: () -> Void
    private var decoder: FrameDecoder
    private var state: RunState
    private var context: ChannelHandlerContext?

    typealias Ending = (outcome: RunOutcome, isZygoteLost: Bool)
    private var continuation: CheckedContinuation<Ending, Never>?
    private var host: (any HostCalls)?
    private var started = NIODeadline.now()
    private var tasks: [UInt32: Task<Void, Never>] = [:]
    private var timer: Scheduled<Void>?
    private var isClosed = false
    private var isCancelled = false
    private var exit: GuestExit?

    /// How long a guest gets to end after its run did, and a killed one to be reaped.
    private static let exitGrace: TimeAmount = .milliseconds(250)
    private static let restartGrace: TimeAmount = .seconds(5)
    /// Up to here copying a body behind its header costs less than writing both.
    private static let copiedBytes = 16 * 1024

    init(
        limits: RunLimits, eventLoop: any EventLoop, kill: @escaping () -> Void, restart: @escaping () -> Void
    ) {
        self.limits = limits
        self.eventLoop = eventLoop
        self.kill = kill
        self.restart = restart
        self.decoder = FrameDecoder(maximumBody: limits.largestGuestBody)
        self.state = RunState(limits: limits)
    }

    // MARK: The run

    func begin(_ request: RunRequest, _ continuation: CheckedContinuation<Ending, Never>) {
        self.continuation = continuation
        self.host = request.host
        self.started = .now()
        if self.isCancelled { return self.perform(self.state.cancel()) }
        if let exit = self.exit { self.perform(self.state.exited(exit)) }
        if self.isClosed { return self.perform(self.state.channelClosed()) }
        let limit = self.limits.timeoutMilliseconds + self.limits.killGrace.milliseconds
        self.schedule(in: .milliseconds(limit)) { $0.perform($0.state.deadlinePassed()) }
        // Last, because a guest that is gone fails the write at once: what that sets in motion has its own timer.
        self.send(Frame(.start, body: self.limits.start(request.code)))
    }

    func cancel() {
        self.isCancelled = true
        guard self.continuation != nil else { return }
        self.perform(self.state.cancel())
    }

    func exited(_ exit: GuestExit) {
        self.exit = exit
        guard self.continuation != nil else {
            self.timer?.cancel()
            return
        }
        self.perform(self.state.exited(exit))
    }

    private func perform(_ actions: [RunState.Action]) {
        for action in actions {
            switch action {
            case .send(let frame): self.send(frame)
            case .call(let id, let name, let arguments): self.call(id, name, arguments)
            case .printed(let line): self.host?.printed(line)
            case .awaitExit: self.schedule(in: Self.exitGrace) { $0.perform($0.state.exited(.unknown)) }
            case .kill: self.kill()
            case .finish(let outcome): self.finish(outcome)
            }
        }
    }

    private func send(_ frame: Frame) {
        guard let context = self.context else { return }
        let unread = self.bytesNotTaken(from: context.channel) + frame.body.readableBytes
        guard unread <= RunLimits.unreadBytes else {
            return self.violated(ChannelViolation("nothing, and left \(unread) bytes of replies unread"))
        }
        if frame.body.readableBytes <= Self.copiedBytes {
            context.writeAndFlush(self.wrapOutboundOut(frame.encoded), promise: nil)
        } else {
            context.write(self.wrapOutboundOut(frame.header), promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(frame.body), promise: nil)
        }
    }

    /// Sent, and still here because the guest does not read.
    private func bytesNotTaken(from channel: any Channel) -> Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func call(_ id: UInt32, _ name: String, _ arguments: ByteBuffer) {
        guard let host = self.host else { return }
        // Most answers are in the cache: no task, no change of thread.
        if let reply = host.answerAtOnce(name, arguments: arguments) {
            return self.perform(self.state.reply(to: id, reply))
        }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let eventLoop = self.eventLoop
        // The run owns its calls: `finish` cancels them, and nobody reads an answer that comes later.
        self.tasks[id] = Task {
            let reply = await host.call(name, arguments: arguments)
            eventLoop.execute { bound.value.replied(id, reply) }
        }
    }

    private func replied(_ id: UInt32, _ reply: HostReply) {
        self.tasks[id] = nil
        self.perform(self.state.reply(to: id, reply))
    }

    private func finish(_ outcome: RunOutcome) {
        var outcome = outcome
        let nanoseconds = (NIODeadline.now() - self.started).nanoseconds
        outcome.usage.duration = .nanoseconds(nanoseconds)
        for task in self.tasks.values { task.cancel() }
        self.tasks = [:]
        self.host = nil
        self.continuation?.resume(returning: (outcome, self.exit == .zygoteLost))
        self.continuation = nil
        self.context?.close(promise: nil)
        self.timer?.cancel()
        guard self.exit == nil else { return }
        // A place is free only when the process is gone, so a guest that lingers is ended, and if need be its zygote.
        self.schedule(in: Self.exitGrace) { handler in
            handler.kill()
            handler.schedule(in: Self.restartGrace) { $0.restart() }
        }
    }

    private func schedule(in delay: TimeAmount, _ action: @escaping @Sendable (GuestHandler) -> Void) {
        self.timer?.cancel()
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.timer = self.eventLoop.scheduleTask(in: delay) { action(bound.value) }
    }

    // MARK: The channel

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.decoder.append(self.unwrapInboundIn(data))
        do throws(ChannelViolation) {
            while let frame = try self.decoder.next() { self.received(frame) }
        } catch { self.violated(error) }
    }

    private func received(_ frame: Frame) {
        guard self.continuation != nil || self.state.isFinished else {
            return self.violated(ChannelViolation("a frame before its script"))
        }
        self.perform(self.state.receive(frame))
    }

    private func violated(_ violation: ChannelViolation) {
        guard self.continuation != nil else {
            self.kill()
            self.context?.close(promise: nil)
            return
        }
        self.perform(self.state.violated(violation))
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.isClosed = true
        if self.continuation != nil { self.perform(self.state.channelClosed()) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
