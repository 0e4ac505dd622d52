import HTTPServer
import NIOCore
import NIOHTTP1

/// Answers a POST: as JSON if it can, as a stream from the first message on that goes ahead of the answer.
///
/// Safe to use from any thread; everything happens on the event loop of the request.
final class PostSink: MessageSink {
    private enum Phase {
        /// Nothing has been sent; goes to `streaming` or `done`.
        case collecting([ByteBuffer])
        /// Goes to `done` after the last answer.
        case streaming(MessageStream, answers: Int)
        case done
    }
    private struct State {
        var phase = Phase.collecting([])
    }
    private let answerer: Answerer
    private let accept: AcceptHeader
    private let headers: HTTPHeaders
    private let openStream: @Sendable (EventStream, any EventLoop) -> MessageStream
    private let expected: Int
    private let isBatch: Bool
    private let state: NIOLoopBoundBox<State>

    /// Must be called on the request's event loop.
    ///
    /// - Parameters:
    ///   - headers: for the response, whatever its form.
    ///   - expected: answers to come.
    ///   - isBatch: whether they go into one array.
    ///   - openStream: makes the stream of an open response.
    init(
        _ answerer: Answerer, accept: AcceptHeader, headers: HTTPHeaders = [:], expected: Int = 1,
        isBatch: Bool = false, openStream: @escaping @Sendable (EventStream, any EventLoop) -> MessageStream
    ) {
        self.answerer = answerer
        self.accept = accept
        self.headers = headers
        self.expected = expected
        self.isBatch = isBatch
        self.openStream = openStream
        self.state = NIOLoopBoundBox(State(), eventLoop: answerer.eventLoop)
    }

    var canStream: Bool { self.accept.allowsEventStream }

    func answer(_ message: ByteBuffer, _ kind: AnswerKind) {
        let eventLoop = self.answerer.eventLoop
        guard !eventLoop.inEventLoop else { return self.answerOnLoop(message, kind) }
        eventLoop.execute { self.answerOnLoop(message, kind) }
    }

    private func answerOnLoop(_ message: ByteBuffer, _ kind: AnswerKind) {
        switch self.state.value.phase {
        case .done: break
        case .collecting(var answers):
            answers.append(message)
            self.state.value.phase = .collecting(answers)
            if answers.count == self.expected { self.reply(answers, kind) }
        case .streaming(let stream, let answers):
            let isLast = answers + 1 == self.expected
            self.state.value.phase = isLast ? .done : .streaming(stream, answers: answers + 1)
            stream.send(message)
            if isLast { stream.finish() }
        }
    }

    func send(_ message: ByteBuffer) {
        self.onLoop { $0.stream()?.send(message) }
    }

    func startStream() {
        self.onLoop { _ = $0.stream() }
    }

    func disconnect(retryAfter: Duration) {
        self.onLoop { $0.stream()?.disconnect(retryAfter: retryAfter) }
    }

    /// The stream, opened if need be; nil when it cannot be or the answer is out.
    private func stream() -> MessageStream? {
        switch self.state.value.phase {
        case .done: return nil
        case .streaming(let stream, _): return stream
        case .collecting(let answers):
            guard self.accept.allowsEventStream else { return nil }
            return self.beginStream(answers)
        }
    }

    private func beginStream(_ answers: [ByteBuffer]) -> MessageStream {
        // Opening may call back from inside; nothing must find the old phase then.
        self.state.value.phase = .done
        let response = self.answerer.startEventStream(headers: self.headers)
        let stream = self.openStream(response, self.answerer.eventLoop)
        self.state.value.phase = .streaming(stream, answers: answers.count)
        for answer in answers { stream.send(answer) }
        return stream
    }

    private func reply(_ answers: [ByteBuffer], _ kind: AnswerKind) {
        let status: HTTPResponseStatus
        if case .failure(let code) = kind { status = HTTPResponseStatus(statusCode: Int(code)) } else { status = .ok }
        guard self.accept.allowsJSON || status != .ok || !self.accept.allowsEventStream else {
            let stream = self.beginStream(answers)
            self.state.value.phase = .done
            return stream.finish()
        }
        self.state.value.phase = .done
        guard self.isBatch else { return self.answerer.reply(status, answers[0], headers: self.headers) }
        var body = ByteBuffer()
        for (index, answer) in answers.enumerated() {
            body.writeStaticString(index == 0 ? "[" : ",")
            body.writeImmutableBuffer(answer)
        }
        body.writeStaticString("]")
        self.answerer.reply(.ok, body, headers: self.headers)
    }

    private func onLoop(_ body: @escaping @Sendable (PostSink) -> Void) {
        let eventLoop = self.answerer.eventLoop
        if eventLoop.inEventLoop { body(self) } else { eventLoop.execute { body(self) } }
    }
}
