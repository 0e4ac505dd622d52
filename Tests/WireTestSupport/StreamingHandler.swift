package import HTTPServer
package import NIOCore
package import NIOHTTP1
package import Streaming
import Synchronization

/// Answers with method, path and body; takes the body in as it comes, if it is told to.
package struct StreamingHandler: HTTPHandler {
    private let isStreamed: Bool
    private let limitBytes: Int?

    package init(isStreamed: Bool = true, limitBytes: Int? = nil) {
        self.isStreamed = isStreamed
        self.limitBytes = limitBytes
    }

    package func intake(_ method: HTTPMethod, path: String, headers: HTTPHeaders) -> BodyIntake {
        self.isStreamed ? .streamed(limitBytes: self.limitBytes) : .assembled
    }

    package func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        guard let stream = request.stream else { return FunctionHandler.echo.handle(request, responder) }
        let collector = Collector(stream: stream) { result in
            switch result {
            case .success(let (body, trailers)):
                let text =
                    "\(request.method.rawValue) \(request.path) \(String(buffer: body))"
                    + trailers.map { " \($0.name)=\($0.value)" }.joined()
                responder.send(HTTPResponse(status: .ok, body: ByteBuffer(string: text)))
            case .failure(let failure):
                let status: HTTPResponseStatus =
                    switch failure {
                    case .tooLarge: .payloadTooLarge
                    case .timedOut: .requestTimeout
                    case .malformed, .cutOff: .badRequest
                    }
                responder.send(HTTPResponse(status: status, body: ByteBuffer(string: "\(failure)")))
            }
        }
        collector.start()
    }
}

/// Reads a pipe to its end.
package final class Collector: Sendable {
    package typealias Outcome = Result<(ByteBuffer, HTTPHeaders), BodyFailure>

    private let stream: BodyPipe
    private let bytes = Mutex(ByteBuffer())
    private let onEnd: @Sendable (Outcome) -> Void

    package init(stream: BodyPipe, onEnd: @escaping @Sendable (Outcome) -> Void) {
        self.stream = stream
        self.onEnd = onEnd
    }

    package func start() {
        self.stream.onArrival { self.read() }
        self.read()
    }

    private func read() {
        while true {
            switch self.stream.read() {
            case .bytes(let piece): self.bytes.withLock { _ = $0.writeImmutableBuffer(piece) }
            case .wait: return
            case .end(let trailers):
                self.stream.close()
                return self.onEnd(.success((self.bytes.withLock { $0 }, trailers)))
            case .failed(let failure):
                self.stream.close()
                return self.onEnd(.failure(failure))
            }
        }
    }
}
