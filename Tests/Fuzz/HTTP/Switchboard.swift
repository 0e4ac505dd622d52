import HTTPServer
import Synchronization

/// Hands requests to the handler of the connection that is being played.
final class Switchboard: HTTPHandler {
    private let handler = Mutex<ScriptedHandler?>(nil)

    func connect(to handler: ScriptedHandler) { self.handler.withLock { $0 = handler } }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        self.handler.withLock { $0 }?.handle(request, responder)
    }
}
