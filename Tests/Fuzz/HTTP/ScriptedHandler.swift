import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers as the path says, and remembers what it was asked.
///
/// `/later` waits for the script, `/events` opens a stream, `/drop` answers nothing, `/big` answers at length,
/// `/status/NNN` with that status; anything else is echoed. Headers `x-answer: name=value` go into the answer.
final class ScriptedHandler: HTTPHandler {
    /// One request, and the answer it must have got.
    struct Handled: Equatable {
        let method: String
        let path: String
        let query: String?
        let headers: Int
        let body: [UInt8]
        /// nil where the request itself had a say in the answer.
        var expected: [UInt8]?
        var isStream = false
    }
    private struct State {
        var handled: [Handled] = []
        var waiting: [HTTPResponder] = []
        var streams: [EventStream] = []
    }
    private let state = Mutex(State())

    var handled: [Handled] { self.state.withLock { $0.handled } }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let body = Array(request.body.readableBytesView)
        var handled = Handled(
            method: request.method.rawValue, path: request.path, query: request.query, headers: request.headers.count,
            body: body)
        let headers = Self.answerHeaders(request.headers)
        switch request.path {
        case "/later":
            handled.expected = Array("later".utf8)
            self.state.withLock { $0.waiting.append(responder) }
        case "/events":
            handled.isStream = true
            self.state.withLock { $0.handled.append(handled) }
            let stream = responder.startEventStream(headers: headers)
            return self.state.withLock { $0.streams.append(stream) }
        case "/drop": break
        case "/big":
            handled.expected = headers.isEmpty ? Self.long(body) : nil
            self.state.withLock { $0.handled.append(handled) }
            return responder.send(.json(.ok, ByteBuffer(bytes: Self.long(body)), headers: headers))
        default:
            handled.expected = headers.isEmpty ? body : nil
            self.state.withLock { $0.handled.append(handled) }
            let status = request.path.hasPrefix("/status/") ? Int(request.path.dropFirst(8)) ?? 200 : 200
            if status != 200 { self.state.withLock { $0.handled[$0.handled.count - 1].expected = nil } }
            let response = HTTPResponse(
                status: HTTPResponseStatus(statusCode: min(max(status, 0), 599)), headers: headers, body: request.body)
            return responder.send(response)
        }
        self.state.withLock { $0.handled.append(handled) }
    }

    /// Answers the oldest request that waits; false when there is none.
    func answer() -> Bool {
        let responder = self.state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        responder?.send(HTTPResponse(status: .ok, body: ByteBuffer(string: "later")))
        return responder != nil
    }

    func send() {
        for stream in self.state.withLock({ $0.streams }) {
            stream.send(ServerSentEvent(event: "message", id: "1", data: ByteBuffer(string: "one\r\ntwo")))
        }
    }

    /// Ends the open streams; false when there are none.
    func finish() -> Bool {
        let streams = self.state.withLock { state in
            defer { state.streams = [] }
            return state.streams
        }
        for stream in streams { stream.finish() }
        return !streams.isEmpty
    }

    private static func long(_ body: [UInt8]) -> [UInt8] {
        Array("[\"\(String(repeating: "long ", count: 400))\"]".utf8) + body
    }

    private static func answerHeaders(_ headers: HTTPHeaders) -> HTTPHeaders {
        var answer = HTTPHeaders()
        for field in headers["x-answer"] {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            // Others are a mistake of the handler's that NIO traps on.
            guard parts[0].utf8.allSatisfy({ $0 < 0x80 }) else { continue }
            answer.add(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
        }
        return answer
    }
}
