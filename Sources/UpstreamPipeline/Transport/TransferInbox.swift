import Synchronization

/// What other threads want of the transfer thread.
final class TransferInbox: Sendable {
    enum Command: Sendable {
        case start(TransferOrder)
        case startStream(StreamOrder)
        case resumeSending(Int)
        case resumeReceiving(Int)
        case cancel(Int)
    }
    private struct State {
        var commands: [Command] = []
        var isStopping = false
        /// The thread is about to wait, or waits; it must be woken.
        var isAtRest = false
    }
    private let state = Mutex(State())
    private let multi: MultiHandle

    init(waking multi: MultiHandle) { self.multi = multi }

    /// - Returns: false when the thread is stopping and takes no more.
    func post(_ command: Command) -> Bool {
        let (isTaken, wakes) = self.state.withLock { state in
            guard !state.isStopping else { return (false, false) }
            state.commands.append(command)
            defer { state.isAtRest = false }
            return (true, state.isAtRest)
        }
        if wakes { self.multi.wake() }
        return isTaken
    }

    /// - Returns: false when it was stopping already.
    func stop() -> Bool {
        let isFirst = self.state.withLock { state in
            defer { state.isStopping = true }
            return !state.isStopping
        }
        self.multi.wake()
        return isFirst
    }

    func take() -> (commands: [Command], isStopping: Bool) {
        self.state.withLock { state in
            defer { state.commands = [] }
            state.isAtRest = false
            return (state.commands, state.isStopping)
        }
    }

    /// Whether the thread may wait now: there is nothing to take.
    func mayRest() -> Bool {
        self.state.withLock { state in
            state.isAtRest = state.commands.isEmpty && !state.isStopping
            return state.isAtRest
        }
    }
}
