import NIOCore
import Synchronization

/// The events between the senders of a stream and its connection.
final class EventQueue: Sendable {
    fileprivate struct State {
        var backlog: EventBacklog
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        var callbacks: [@Sendable () -> Void] = []

        /// Removes and returns the waiters that may go on.
        mutating func released() -> [CheckedContinuation<Void, Never>] {
            guard self.backlog.hasRoom, !self.waiters.isEmpty else { return [] }
            defer { self.waiters = [:] }
            return Array(self.waiters.values)
        }
    }

    private let exchange: Exchange
    private let state: Mutex<State>

    init(exchange: Exchange, limitBytes: Int) {
        self.exchange = exchange
        self.state = Mutex(State(backlog: EventBacklog(limitBytes: limitBytes)))
    }

    var isClosed: Bool { self.state.withLock { $0.backlog.isClosed } }

    func send(_ event: ServerSentEvent) -> Bool {
        switch self.state.withLock({ $0.backlog.add(event) }) {
        case .queued(let announce):
            if announce { self.exchange.eventsQueued() }
            return true
        case .closed:
            return false
        case .overflow:
            self.didClose()
            self.exchange.eventsQueued()
            return false
        }
    }

    func finish() {
        let (announce, waiters) = self.state.withLock { ($0.backlog.finish(), $0.released()) }
        for waiter in waiters { waiter.resume() }
        if announce { self.exchange.eventsQueued() }
    }

    /// What the connection should do next.
    func next(maximumBytes: Int) -> EventBacklog.Next {
        let (next, waiters) = self.state.withLock { ($0.backlog.next(maximumBytes: maximumBytes), $0.released()) }
        for waiter in waiters { waiter.resume() }
        return next
    }

    /// The response has ended or the client is gone.
    func close() {
        if self.state.withLock({ $0.backlog.close() }) { self.didClose() }
    }

    func onClose(_ callback: @escaping @Sendable () -> Void) {
        let isClosed = self.state.withLock {
            if !$0.backlog.isClosed { $0.callbacks.append(callback) }
            return $0.backlog.isClosed
        }
        if isClosed { callback() }
    }

    func waitForRoom() async {
        guard let id = self.state.withLock({ $0.backlog.hasRoom ? nil : $0.takeWaiterID() }) else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = self.state.withLock {
                    guard !$0.backlog.hasRoom, !Task.isCancelled else { return false }
                    $0.waiters[id] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let waiter = self.state.withLock { state in state.waiters.removeValue(forKey: id) }
            waiter?.resume()
        }
    }

    private func didClose() {
        let (waiters, callbacks) = self.state.withLock { state in
            defer { state.callbacks = [] }
            return (state.released(), state.callbacks)
        }
        for waiter in waiters { waiter.resume() }
        for callback in callbacks { callback() }
    }
}

extension EventQueue.State {
    fileprivate mutating func takeWaiterID() -> UInt64 {
        defer { self.nextWaiter += 1 }
        return self.nextWaiter
    }
}
