import ModelContextProtocol
import Synchronization

/// Lets handlers tell clients of changes: they are made before the server they belong to.
final class ChangeNotifier: Sendable {
    private struct State {
        /// The server holds the handlers, which hold this.
        weak var server: MCPServer?
    }
    private let state = Mutex(State())

    func attach(_ server: MCPServer) { self.state.withLock { $0.server = server } }

    func listChanged(_ list: MCPServer.List) { self.server?.listChanged(list) }

    func resourceUpdated(_ uri: String) { self.server?.resourceUpdated(uri) }

    private var server: MCPServer? { self.state.withLock { $0.server } }
}
