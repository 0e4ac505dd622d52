import Synchronization

/// Named events: a waiter returns once the event has happened so many times, or when its task is cancelled.
final class Signals: Sendable {
    private struct State {
        var counts: [String: Int] = [:]
        var waiters: [(name: String, count: Int, continuation: AsyncStream<Void>.Continuation)] = []
    }
    private let state = Mutex(State())

    func send(_ name: String) {
        let due = self.state.withLock { state in
            let count = state.counts[name, default: 0] + 1
            state.counts[name] = count
            let due = state.waiters.filter { $0.name == name && $0.count <= count }
            state.waiters.removeAll { $0.name == name && $0.count <= count }
            return due
        }
        for waiter in due { waiter.continuation.finish() }
    }

    func wait(_ name: String, count: Int = 1) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        self.state.withLock { state in
            if state.counts[name, default: 0] >= count {
                continuation.finish()
            } else {
                state.waiters.append((name, count, continuation))
            }
        }
        for await _ in stream {}
    }

    func count(_ name: String) -> Int { self.state.withLock { $0.counts[name, default: 0] } }
}
