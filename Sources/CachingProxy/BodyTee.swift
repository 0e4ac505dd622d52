import NIOCore
import NIOHTTP1
import NIOPosix
import Streaming
import Synchronization

/// Passes a body on while it comes, and collects it.
///
/// A client that has seen the last byte finds the answer stored: the piece that completes the body is held back until
/// that is done. A client that goes away does not end the collecting; one that reads slowly slows the origin down.
final class BodyTee: Sendable {
    private struct State {
        var collected: ByteBuffer? = ByteBuffer()
        /// What completes a body of known length, until it is stored.
        var held: ByteBuffer?
        var count = 0
        var isPumping = false
        var mustLookAgain = false
        var isBlocked = false
        var roomSignals = 0
        var isWatched = false
        var hasStalled = false
        var isClientGone = false
        var isOver = false
    }

    private let source: BodyPipe
    private let target: BodyPipe?
    private let length: Int?
    private let limitBytes: Int
    private let eventLoop: any EventLoop
    private let onStall: (@Sendable () -> Void)?
    private let whole: @Sendable (ByteBuffer?) -> Void
    private let state = Mutex(State())

    /// Bodies from this size on are compressed and stored on another thread than that of the transfers.
    private static let heavyBytes = 32 * 1024

    /// A reader that takes nothing for so long keeps the body from being stored.
    private static let stallTime = TimeAmount.milliseconds(500)

    /// - Parameters:
    ///   - target: nil when nobody but the store wants the body.
    ///   - length: of the whole, if it is known.
    ///   - eventLoop: of the client.
    ///   - limitBytes: a larger body is passed on and not collected.
    ///   - onStall: called at most once, when a body that is collected does not go on because its client does not read.
    ///   - whole: called once, from any thread: with the body, or with nil as soon as it is known that there will be
    ///     none.
    init(
        source: BodyPipe, target: BodyPipe?, length: Int?, limitBytes: Int, eventLoop: any EventLoop,
        onStall: (@Sendable () -> Void)? = nil, whole: @escaping @Sendable (ByteBuffer?) -> Void
    ) {
        self.source = source
        self.target = target
        self.length = length
        self.limitBytes = limitBytes
        self.eventLoop = eventLoop
        self.onStall = onStall
        self.whole = whole
        if target == nil { self.state.withLock { $0.isClientGone = true } }
    }

    func run() {
        self.source.onArrival { self.pump() }
        self.target?.onRoom { [eventLoop = self.eventLoop] in
            self.state.withLock { state in
                state.roomSignals += 1
                state.isBlocked = false
            }
            // The client's connection is in the middle of reading: what it has in hand must go out first.
            eventLoop.execute { self.pump() }
        }
        self.pump()
    }

    private func pump() {
        let mayEnter = self.state.withLock { state in
            guard !state.isOver else { return false }
            state.mustLookAgain = state.isPumping
            guard !state.isPumping else { return false }
            state.isPumping = true
            return true
        }
        guard mayEnter else { return }
        repeat {
            while self.step() {}
        } while self.state.withLock { state in
            let again = state.mustLookAgain && !state.isOver
            state.mustLookAgain = false
            if !again { state.isPumping = false }
            return again
        }
    }

    /// - Returns: whether there may be more to do now.
    private func step() -> Bool {
        guard self.state.withLock({ !$0.isBlocked && !$0.isOver }) else { return false }
        switch self.source.read() {
        case .wait: return false
        case .bytes(let bytes): return self.pass(bytes)
        case .end(let trailers):
            self.end(trailers)
            return false
        case .failed(let failure):
            let wasCollecting = self.state.withLock { state in
                state.isOver = true
                defer { state.collected = nil }
                return state.collected != nil
            }
            self.target?.fail(failure)
            if wasCollecting { self.whole(nil) }
            return false
        }
    }

    private func pass(_ bytes: ByteBuffer) -> Bool {
        let (gaveUp, isClientGone, isHeld, signals) = self.state.withLock { state in
            state.count += bytes.readableBytes
            let gaveUp = state.collected != nil && state.count > self.limitBytes
            if gaveUp { state.collected = nil }
            state.collected?.writeImmutableBuffer(bytes)
            let isHeld = state.collected != nil && state.count == self.length
            if isHeld { state.held = bytes }
            return (gaveUp, state.isClientGone, isHeld, state.roomSignals)
        }
        if gaveUp { self.whole(nil) }
        if isClientGone { return self.goOnWithoutClient() }
        guard !isHeld else { return true }
        switch self.target?.write(bytes) ?? .closed {
        case .room: return true
        case .full:
            let (isBlocked, startsWatch) = self.state.withLock { state in
                // Room that was made in between counts.
                state.isBlocked = state.roomSignals == signals
                guard state.isBlocked, state.collected != nil, self.onStall != nil, !state.isWatched, !state.hasStalled
                else { return (state.isBlocked, false) }
                state.isWatched = true
                return (true, true)
            }
            if startsWatch { self.watch(signals) }
            return !isBlocked
        case .closed:
            self.state.withLock { $0.isClientGone = true }
            return self.goOnWithoutClient()
        }
    }

    /// Looks after a while whether the client has read anything; again and again while it is slow.
    private func watch(_ signals: Int) {
        self.eventLoop.scheduleTask(in: Self.stallTime) {
            let (stalled, next) = self.state.withLock { state -> (Bool, Int?) in
                guard state.isBlocked, !state.isOver, state.collected != nil else {
                    state.isWatched = false
                    return (false, nil)
                }
                guard state.roomSignals == signals else { return (false, state.roomSignals) }
                state.hasStalled = true
                return (true, nil)
            }
            if stalled { self.onStall?() }
            if let next { self.watch(next) }
        }
    }

    /// Nobody wants a body that is neither sent nor stored.
    private func goOnWithoutClient() -> Bool {
        let isCollecting = self.state.withLock { state in
            if state.collected == nil { state.isOver = true }
            return state.collected != nil
        }
        if !isCollecting { self.source.close() }
        return isCollecting
    }

    private func end(_ trailers: HTTPHeaders) {
        let (collected, held) = self.state.withLock { state in
            state.isOver = true
            defer { (state.collected, state.held) = (nil, nil) }
            return (state.collected, state.held)
        }
        // Trailers are not stored, and without them the answer would not be the same.
        let body = trailers.isEmpty ? collected : nil
        guard collected != nil, let body, body.readableBytes >= Self.heavyBytes else {
            if collected != nil { self.whole(body) }
            return self.finish(held, trailers)
        }
        NIOSingletons.posixBlockingThreadPool.submit { _ in
            self.whole(body)
            self.finish(held, trailers)
        }
    }

    private func finish(_ held: ByteBuffer?, _ trailers: HTTPHeaders) {
        if let held { self.target?.write(held) }
        self.target?.finish(trailers: trailers)
    }
}
