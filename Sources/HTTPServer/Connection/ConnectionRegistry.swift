import NIOCore
import NIOPosix
import Synchronization

/// The open connections of a server: enforces their number and lets them be told of the end.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: any Channel] = [:]
        var memory = MemoryReturn()
        var isDraining = false
    }

    /// Time for the connections that are just ending to be really gone.
    private static let returnDelay = TimeAmount.seconds(1)

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var count: Int { self.state.withLock { $0.connections.count } }

    /// Takes in a new connection; false when there are too many or the server is shutting down.
    func add(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isAdded = self.state.withLock {
            guard !$0.isDraining, $0.connections.count < self.limit else { return false }
            $0.connections[id] = channel
            _ = $0.memory.connections($0.connections.count)
            return true
        }
        guard isAdded else { return false }
        let eventLoop = channel.eventLoop
        channel.closeFuture.whenComplete { _ in self.remove(id, on: eventLoop) }
        return true
    }

    /// Refuses new connections from now on and returns the open ones.
    func drain() -> [any Channel] {
        self.state.withLock {
            $0.isDraining = true
            return Array($0.connections.values)
        }
    }

    private func remove(_ id: ObjectIdentifier, on eventLoop: any EventLoop) {
        let isDue = self.state.withLock {
            $0.connections.removeValue(forKey: id)
            return $0.memory.connections($0.connections.count)
        }
        guard isDue else { return }
        eventLoop.scheduleTask(in: Self.returnDelay) { self.returnMemory() }
    }

    /// Off the event loop, which would stand still meanwhile.
    private func returnMemory() {
        self.state.withLock { $0.memory.returned($0.connections.count) }
        NIOThreadPool.singleton.submit { _ in Allocator.trim() }
    }
}
