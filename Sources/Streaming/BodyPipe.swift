package import NIOCore
package import NIOHTTP1
import Synchronization

/// A body on its way from one thread to another: bounded, with one writer and one reader, each told when to go on.
///
/// Callbacks run on the thread that caused them, outside every lock; they should do no more than hand the word on.
package final class BodyPipe: Sendable {
    package typealias Callback = @Sendable () -> Void
    package typealias Next = PipeState.Next
    package typealias Written = PipeState.Written

    private struct Shared {
        var state: PipeState
        var onArrival: Callback?
        var onRoom: Callback?
        var onEnd: [Callback] = []
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0

        mutating func takeWaiterID() -> UInt64 {
            defer { self.nextWaiter += 1 }
            return self.nextWaiter
        }

        /// No arrival and no room is told after the end, and who is not called must not be kept: they mostly keep this pipe.
        mutating func letGo(after next: Next) -> [Callback] {
            switch next {
            case .bytes, .wait: return []
            case .end, .failed:
                defer { (self.onArrival, self.onRoom) = (nil, nil) }
                return [self.onArrival, self.onRoom].compactMap(\.self)
            }
        }

        /// Removes and returns the waiters that may go on.
        mutating func released() -> [CheckedContinuation<Void, Never>] {
            guard self.state.hasRoom, !self.waiters.isEmpty else { return [] }
            defer { self.waiters = [:] }
            return Array(self.waiters.values)
        }
    }

    /// Callbacks that are of no use any more.
    ///
    /// They leave the lock with whoever ends the pipe: what they hold may use the pipe as it goes.
    private struct Leftovers {
        var arrival: Callback?
        var room: Callback?
        var ended: [Callback] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// Whether the one of them that is left must be called.
        var tells = false
    }

    private let shared: Mutex<Shared>
    /// The pipe is full with this much unread.
    package let limitBytes: Int

    /// - Parameters:
    ///   - limitBytes: the pipe is full with this much unread.
    ///   - roomBytes: there is room again below this; half the limit by default.
    ///   - waitsForReader: ``onRoom(_:)`` is also called when the first read finds nothing.
    package init(limitBytes: Int = 256 * 1024, roomBytes: Int? = nil, waitsForReader: Bool = false) {
        self.limitBytes = limitBytes
        self.shared = Mutex(
            Shared(
                state: PipeState(limitBytes: limitBytes, roomBytes: roomBytes, waitsForReader: waitsForReader)))
    }

    /// A pipe that holds a whole body from the start.
    package convenience init(whole bytes: ByteBuffer) {
        self.init()
        _ = self.write(bytes)
        self.finish()
    }

    /// Bytes written and not yet read.
    package var queuedBytes: Int { self.shared.withLock { $0.state.queuedBytes } }
    /// Whether the writer was told to wait and has not been told to go on.
    package var isFull: Bool { self.shared.withLock { $0.state.isFull } }
    /// Whether it takes bytes: neither finished nor given up by either side.
    package var isOpen: Bool { self.shared.withLock { $0.state.isOpen } }

    // MARK: The writer's side

    /// Queues bytes without waiting.
    @discardableResult
    package func write(_ bytes: ByteBuffer) -> Written {
        let (written, callback) = self.shared.withLock { shared in
            let (written, announce) = shared.state.write(bytes)
            return (written, announce ? shared.onArrival : nil)
        }
        callback?()
        return written
    }

    /// Lets `encode` append to what is queued, unless that is `limitBytes` or more, which fails the pipe.
    ///
    /// What counts is what the reader has left unread, not how large the next piece is.
    package func write(failingAt limitBytes: Int, _ encode: (inout ByteBuffer) -> Void) -> Written {
        let (written, callback) = self.shared.withLock { shared -> (Written?, Callback?) in
            guard shared.state.queuedBytes < limitBytes else { return (nil, nil) }
            let (written, announce) = shared.state.write(encode)
            return (written, announce ? shared.onArrival : nil)
        }
        callback?()
        guard let written else {
            self.fail(.cutOff)
            return .closed
        }
        return written
    }

    /// Says that nothing more will come.
    package func finish(trailers: HTTPHeaders = [:]) {
        let (callback, waiters) = self.shared.withLock { shared in
            (shared.state.finish(trailers: trailers) ? shared.onArrival : nil, shared.released())
        }
        for waiter in waiters { waiter.resume() }
        callback?()
    }

    /// Gives up: the reader learns why, instead of getting what is still queued or after it.
    package func fail(_ failure: BodyFailure, keepsQueued: Bool = false) {
        let leftovers = self.shared.withLock { shared in
            guard let announce = shared.state.fail(failure, keepsQueued: keepsQueued) else { return Leftovers() }
            defer { (shared.onRoom, shared.onEnd) = (nil, []) }
            return Leftovers(
                arrival: shared.onArrival, room: shared.onRoom, ended: shared.onEnd, waiters: shared.released(),
                tells: announce)
        }
        for waiter in leftovers.waiters { waiter.resume() }
        for callback in leftovers.ended { callback() }
        if leftovers.tells { leftovers.arrival?() }
    }

    /// Calls `callback` each time the reader has made room in a pipe that was full, and when it closes the pipe.
    package func onRoom(_ callback: @escaping Callback) {
        let earlier = self.shared.withLock { shared -> Callback? in
            guard !shared.state.isOver else { return nil }
            defer { shared.onRoom = callback }
            return shared.onRoom
        }
        withExtendedLifetime(earlier) {}
    }

    /// Returns when there is room; also when the pipe has ended or the task is cancelled.
    package func waitForRoom() async {
        guard let id = self.shared.withLock({ $0.state.hasRoom ? nil : $0.takeWaiterID() }) else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = self.shared.withLock {
                    guard !$0.state.hasRoom, !Task.isCancelled else { return false }
                    $0.waiters[id] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let waiter = self.shared.withLock { shared in shared.waiters.removeValue(forKey: id) }
            waiter?.resume()
        }
    }

    /// Calls `callback` once when the pipe has ended, for whatever reason; at once if it already has.
    package func onEnd(_ callback: @escaping Callback) {
        let isOver = self.shared.withLock { shared in
            if !shared.state.isOver { shared.onEnd.append(callback) }
            return shared.state.isOver
        }
        if isOver { callback() }
    }

    // MARK: The reader's side

    /// What there is to read; `.wait` promises a call of the ``onArrival(_:)`` callback.
    package func read(maximumBytes: Int = .max) -> Next {
        let (next, callback, waiters, finished) = self.shared.withLock { shared in
            let (next, tellWriter) = shared.state.read(maximumBytes: maximumBytes)
            return (next, tellWriter ? shared.onRoom : nil, shared.released(), shared.letGo(after: next))
        }
        for waiter in waiters { waiter.resume() }
        callback?()
        // Let go here, outside the lock: what goes with them may use this pipe once more.
        withExtendedLifetime(finished) {}
        return next
    }

    /// Calls `callback` when something has come since the last read.
    ///
    /// Set it before the first read; what came before it is set is not told of.
    package func onArrival(_ callback: @escaping Callback) {
        let earlier = self.shared.withLock { shared -> Callback? in
            guard !shared.state.isOver else { return nil }
            defer { shared.onArrival = callback }
            return shared.onArrival
        }
        withExtendedLifetime(earlier) {}
    }

    /// Wants nothing more: the writer's next write says so.
    package func close() {
        let leftovers = self.shared.withLock { shared in
            guard shared.state.close() else { return Leftovers() }
            defer { (shared.onArrival, shared.onRoom, shared.onEnd) = (nil, nil, []) }
            return Leftovers(
                arrival: shared.onArrival, room: shared.onRoom, ended: shared.onEnd, waiters: shared.released(),
                tells: true)
        }
        for waiter in leftovers.waiters { waiter.resume() }
        for callback in leftovers.ended { callback() }
        if leftovers.tells { leftovers.room?() }
    }
}
