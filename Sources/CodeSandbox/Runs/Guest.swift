import NIOCore
import NIOPosix

/// One forked, locked-down process that waits for its script, or runs it.
struct Guest: Sendable {
    let id: UInt32
    private let zygote: ZygoteProcess
    private let channel: any Channel
    private let handler: NIOLoopBound<GuestHandler>

    /// Forks a guest.
    ///
    /// - Parameter ended: called once when the process is gone and its place is free.
    /// - Throws: when the host has no descriptor left or the zygote cannot be told.
    static func fork(
        _ id: UInt32, from zygote: ZygoteProcess, limits: RunLimits, ended: @escaping @Sendable () -> Void
    ) async throws -> Guest {
        let pair = try SocketPair()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let exit = eventLoop.makePromise(of: GuestExit.self)
        do throws(SystemError) {
            try zygote.fork(id, limits: limits, socket: pair.theirs) { reason in
                exit.succeed(reason)
                ended()
            }
        } catch {
            exit.succeed(.unknown)
            throw error
        }
        pair.theirs.close()
        // From here on the process exists; whatever fails, `ended` follows from its death.
        return try await ClientBootstrap(group: eventLoop)
            .withConnectedSocket(pair.ours.release()) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = GuestHandler(
                        limits: limits, eventLoop: channel.eventLoop, kill: { zygote.kill(id) },
                        restart: { zygote.process.kill() })
                    try channel.pipeline.syncOperations.addHandler(handler)
                    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                    exit.futureResult.whenSuccess { bound.value.exited($0) }
                    return Guest(id: id, zygote: zygote, channel: channel, handler: bound)
                }
            }
    }

    var isAlive: Bool { self.channel.isActive }

    var processID: Int32? { self.zygote.processID(of: self.id) }

    /// Runs the one script of this guest's life; cancelling the task kills it.
    ///
    /// - Returns: the outcome, and whether it is what it is because the zygote died.
    func run(_ request: RunRequest) async -> (outcome: RunOutcome, isZygoteLost: Bool) {
        let handler = self.handler
        let channel = self.channel
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                channel.eventLoop.execute { handler.value.begin(request, continuation) }
            }
        } onCancel: {
            channel.eventLoop.execute { handler.value.cancel() }
        }
    }

    /// Ends a guest that was not needed.
    func dismiss() { self.channel.close(promise: nil) }
}
