import NIOCore
import Synchronization

/// The open connections of a server: enforces their number and lets them be told of the end.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
    }

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
            return true
        }
        guard isAdded else { return false }
        channel.closeFuture.whenComplete { _ in self.state.withLock { _ = $0.connections.removeValue(forKey: id) } }
        return true
    }

    /// Refuses new connections from now on and returns the open ones.
    func drain() -> [any Channel] {
        self.state.withLock {
            $0.isDraining = true
            return Array($0.connections.values)
        }
    }
}
