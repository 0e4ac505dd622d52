import NIOCore
import NIOHTTP1
import Streaming

/// From arriving parts to requests.
extension HTTP1Handler {
    /// Takes in a part of a request; nearly always it can be dealt with at once.
    func process(_ part: HTTPServerRequestPart) {
        guard self.arrivals.isEmpty, !self.isProcessing, self.takesParts else {
            self.arrivals.append(.part(part))
            return self.processArrivals()
        }
        self.isProcessing = true
        self.perform(self.assembler.receive(part))
        self.isProcessing = false
        self.processArrivals()
    }

    /// Whether a part can be dealt with now: no request waits for its answer, or it is that request's body.
    private var takesParts: Bool {
        switch self.lifecycle.phase {
        case .reading: self.isWritable
        case .answering: self.assembler.isStreaming
        case .closing: false
        }
    }

    /// Works off what has arrived, until a request must be waited for or the client must read first.
    func processArrivals() {
        guard !self.isProcessing, let context else { return }
        if !self.arrivals.isEmpty { self.workOff() }
        if self.arrivals.isEmpty {
            self.perform(self.lifecycle.ranDry(isBetweenRequests: self.assembler.awaiting == .head))
        }
        if !self.holdsReads, self.isReadHeld {
            self.isReadHeld = false
            context.read()
        }
    }

    private func workOff() {
        self.isProcessing = true
        while self.takesParts, let arrival = self.arrivals.popFirst() {
            switch arrival {
            case .failure where self.assembler.isStreaming: self.abandonStream(.malformed)
            case .failure(let refusal): self.refuse(refusal)
            case .part(let part): self.perform(self.assembler.receive(part))
            }
        }
        self.isProcessing = false
    }

    /// The request being read cannot be answered as asked; one before it is answered first.
    func fail(_ refusal: HTTPRefusal) {
        guard self.lifecycle.phase != .closing else { return }
        self.arrivals.append(.failure(refusal))
        self.processArrivals()
        self.flushIfNeeded()
    }

    func deadlineExpired() {
        switch self.deadlines.waiting {
        // A client that does not read would not see an answer.
        case .header where self.isWritable: self.fail(.headerTimeout)
        case .body where self.assembler.isStreaming: self.abandonStream(.timedOut)
        case .body where self.isWritable: self.fail(.bodyTimeout)
        case .header, .body, .idle, .reader, .flush, .close: self.context?.close(promise: nil)
        case .nothing: break
        }
    }

    func updateDeadline() {
        switch self.lifecycle.phase {
        case .answering:
            if self.assembler.isStreaming, self.assembler.hasRoom {
                self.deadlines.wait(for: .body, at: .now())
            } else if let pump, !pump.isEventStream, !self.isWritable {
                self.deadlines.wait(for: .reader, at: .now())
            } else {
                self.deadlines.wait(for: .nothing, at: .now())
            }
        case .closing: self.deadlines.wait(for: self.lifecycle.isFlushed ? .close : .flush, at: .now())
        case .reading:
            switch self.assembler.awaiting {
            case .body, .stream, .firstPiece: self.deadlines.wait(for: .body, at: .now())
            case .head, .nothing:
                self.deadlines.wait(for: self.bytesWithoutProgress > 0 ? .header : .idle, at: .now())
            }
        }
        self.deadlines.allow(answerBytes: self.answeredBytes)
        self.answeredBytes = 0
        self.timer?.set(self.deadlines.deadline)
    }

    /// The client has ended its side: it may still wait for its answer, or be gone altogether.
    func clientFinished() {
        self.perform(self.lifecycle.clientFinished())
        self.processArrivals()
        guard self.lifecycle.phase == .answering, let current else { return }
        // Half closed and closed look the same here. A client that is gone answers whatever we write with a reset,
        // one that still listens must ignore an interim response (RFC 9110, section 15.2) or a comment.
        if let pump {
            pump.comment()
        } else if self.assembler.isStreaming {
            // The parser says so too where that is an error; this is for what it lets pass.
            self.abandonStream(.cutOff)
        } else if current.version.isModern, current.exchange.awaitsAnswer {
            self.write(HTTP1Encoding.interim100)
            self.flushIfNeeded()
        }
    }

    /// The server shuts down: answer what has been asked, then close.
    func drain() {
        self.lifecycle.drain()
        self.processArrivals()
        self.updateDeadline()
    }

    func connectionEnded() {
        self.lifecycle.close()
        self.timer?.stop()
        self.arrivals.removeAll()
        self.assembler.abandonStream(.cutOff)
        let (pump, current) = (self.pump, self.current)
        (self.context, self.pump, self.current) = (nil, nil, nil)
        pump?.stop()
        current?.exchange.disconnect()
    }

    private func perform(_ action: RequestAssembler.Action) {
        switch action {
        case .none: break
        case .sendContinue:
            self.write(HTTP1Encoding.interim100)
        case .refuse(let refusal): self.refuse(refusal)
        case .handle(let request): self.begin(request)
        case .stream(let request, let body):
            self.listen(to: body)
            self.begin(request)
        }
    }

    private func begin(_ request: AssembledRequest) {
        // After a request to upgrade the parser reads no more requests.
        self.lifecycle.begin(keepAlive: request.head.isKeepAlive && !request.head.headers.contains(name: "upgrade"))
        self.handle(request)
    }

    private func listen(to body: IncomingBody) {
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        body.pipe.onRoom { [eventLoop = context.eventLoop] in
            // Later even on the loop: whoever reads may be in the middle of something.
            eventLoop.execute { bound.value.bodyIsWanted() }
        }
    }

    /// Somebody has begun to read the body of the request, or has made room for more of it.
    private func bodyIsWanted() {
        guard self.context != nil else { return }
        if self.current?.exchange.awaitsAnswer ?? false, self.assembler.takeLeave() {
            self.write(HTTP1Encoding.interim100)
        }
        self.processArrivals()
        self.flushIfNeeded()
        if !self.isInReadLoop { self.updateDeadline() }
    }

    /// The rest of a body cannot be had: its reader decides what to answer.
    private func abandonStream(_ failure: BodyFailure) {
        self.lifecycle.spoil()
        self.assembler.abandonStream(failure)
        self.updateDeadline()
    }

    private func handle(_ request: AssembledRequest) {
        guard let context else { return }
        let exchange = Exchange(sink: self, eventLoop: context.eventLoop)
        self.current = CurrentRequest(
            exchange: exchange, method: request.head.method, version: request.head.version,
            headers: request.head.headers)
        self.settings.handler.handle(
            request.request(on: self.info), HTTPResponder(exchange: exchange, limits: self.settings.limits))
    }

    private func refuse(_ refusal: HTTPRefusal) {
        guard let context else { return }
        self.lifecycle.refuse()
        self.arrivals.removeAll()
        let exchange = Exchange(sink: self, eventLoop: context.eventLoop)
        self.current = CurrentRequest(exchange: exchange, method: .GET, version: .http1_1, headers: [:])
        _ = exchange.send(refusal.response)
    }
}
