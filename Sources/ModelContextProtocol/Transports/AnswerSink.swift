import HTTPServer
import NIOCore
import NIOHTTP1

/// Where the answer to one request goes, and what the server says meanwhile.
enum AnswerSink: Sendable {
    /// As the JSON body of the response: there is room for the answer alone.
    case body(Exchange)
    /// On an event stream of its own, which ends with the answer.
    case stream(EventStream)
    /// On the event stream that belongs to the whole session (HTTP+SSE).
    case sharedStream(EventStream)

    func answer(_ message: ByteBuffer) {
        switch self {
        case .body(let exchange): exchange.reply(.ok, message)
        case .stream(let stream):
            stream.send(ServerSentEvent(event: "message", data: message))
            stream.finish()
        case .sharedStream(let stream): stream.send(ServerSentEvent(event: "message", data: message))
        }
    }

    func notify(_ message: ByteBuffer) {
        switch self {
        case .body: break
        case .stream(let stream), .sharedStream(let stream):
            stream.send(ServerSentEvent(event: "message", data: message))
        }
    }

    /// Ends the wait for a cancelled request.
    ///
    /// Such a request is not to be answered, but an HTTP response has to end somehow.
    func cancelled(_ message: ByteBuffer) {
        switch self {
        case .body, .stream: self.answer(message)
        case .sharedStream: break
        }
    }
}
