import HTTPSyntax
import Compression
import NIOCore
import NIOHTTP1
import NIOHTTP2
import Streaming

/// Serves one HTTP/2 stream: one request, one answer.
final class HTTP2StreamHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = HTTPServerResponsePart

    private let settings: ConnectionSettings
    private let loopContext: LoopContext
    private let info: ConnectionInfo
    private var context: ChannelHandlerContext?
    private var assembler: RequestAssembler
    private var deadlines: ConnectionDeadlines
    private var timer: ConnectionTimer?
    private var current: CurrentRequest?
    private var pump: OutputPump?
    private var requestIsWhole = false
    private var isReadHeld = false

    init(settings: ConnectionSettings, info: ConnectionInfo, eventLoop: any EventLoop) {
        self.settings = settings
        self.loopContext = settings.context(of: eventLoop)
        self.info = info
        self.assembler = RequestAssembler(
            limits: settings.limits, isHTTP2: true, handler: settings.handler,
            decodes: settings.configuration.decodesRequests)
        self.deadlines = ConnectionDeadlines(limits: settings.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.streamEnded() }

    func channelInactive(context: ChannelHandlerContext) {
        self.streamEnded()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = self.unwrapInboundIn(data)
        if case .end = part { self.requestIsWhole = true }
        self.perform(self.assembler.receive(part), context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.perform(self.assembler.ranDry(), context)
        self.updateDeadline()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { self.pump?.drain() }
        if self.pump != nil { self.updateDeadline() }
        context.fireChannelWritabilityChanged()
    }

    /// A body is not read faster than its reader takes it in.
    func read(context: ChannelHandlerContext) {
        if self.assembler.hasRoom { context.read() } else { self.isReadHeld = true }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func perform(_ action: RequestAssembler.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .none: break
        case .sendContinue: self.sendContinue(context)
        case .refuse(let refusal): self.refuse(refusal)
        case .handle(let request): self.handle(request, context)
        case .stream(let request, let body, let first):
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            body.pipe.onRoom { [eventLoop = context.eventLoop] in
                // Later even on the loop: whoever reads may be in the middle of something.
                eventLoop.execute { bound.value.bodyIsWanted() }
            }
            self.handle(request, context)
            if let first { self.perform(self.assembler.receive(.body(first)), context) }
        case .pass(let body, let piece): body.pass(on: piece)
        }
    }

    private func sendContinue(_ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http2, status: .continue)
        context.writeAndFlush(self.wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Somebody has begun to read the body of the request, or has made room for more of it.
    private func bodyIsWanted() {
        guard let context else { return }
        if self.current?.exchange.awaitsAnswer ?? false, self.assembler.takeLeave() { self.sendContinue(context) }
        if self.isReadHeld, self.assembler.hasRoom {
            self.isReadHeld = false
            context.read()
        }
        self.updateDeadline()
    }

    private func handle(_ request: AssembledRequest, _ context: ChannelHandlerContext) {
        let exchange = Exchange(sink: self, eventLoop: context.eventLoop)
        self.current = CurrentRequest(
            exchange: exchange, method: request.head.method, version: request.head.version,
            headers: request.head.headers)
        self.settings.handler.handle(
            request.request(on: self.info), HTTPResponder(exchange: exchange, limits: self.settings.limits))
    }

    private func refuse(_ refusal: HTTPRefusal) {
        guard let context else { return }
        let exchange = Exchange(sink: self, eventLoop: context.eventLoop)
        self.current = CurrentRequest(exchange: exchange, method: .GET, version: .http2, headers: [:])
        _ = exchange.send(refusal.response)
    }

    /// Only a body may keep a stream waiting, the request's or the answer's: its header has been there from the start.
    private func updateDeadline() {
        let waiting = self.waiting
        guard waiting != .nothing || self.timer != nil, let context else { return }
        self.deadlines.wait(for: waiting, at: .now())
        let timer =
            self.timer
            ?? ConnectionTimer(eventLoop: context.eventLoop) { [weak self] in self?.deadlineExpired() }
        self.timer = timer
        timer.set(self.deadlines.deadline)
    }

    private var waiting: ConnectionDeadlines.Waiting {
        switch self.assembler.awaiting {
        case .body where !self.requestIsWhole, .stream where self.assembler.hasRoom: .body
        default: if let pump, !pump.isEventStream, !self.isWritable { .reader } else { .nothing }
        }
    }

    private func deadlineExpired() {
        switch self.deadlines.waiting {
        case .body where self.assembler.isStreaming:
            let body = self.assembler.abandonStream()
            body?.pass(on: .failed(.timedOut))
        case .body: self.refuse(self.assembler.abandon(.bodyTimeout))
        default: self.context?.close(promise: nil)
        }
    }

    private func streamEnded() {
        self.timer?.stop()
        let body = self.assembler.abandonStream()
        let (pump, current) = (self.pump, self.current)
        (self.context, self.pump, self.current) = (nil, nil, nil)
        body?.pass(on: .failed(.cutOff))
        pump?.stop()
        current?.exchange.disconnect()
    }
}

extension HTTP2StreamHandler: ExchangeSink {
    var isWritable: Bool { self.context?.channel.isWritable ?? false }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        guard let context, let current, current.exchange === exchange else { return exchange.disconnect() }
        let composed = self.settings.composer.compose(
            response, method: current.method, requestHeaders: current.headers, date: self.loopContext.date,
            gzip: { try? self.loopContext.gzip.compress($0) })
        self.writeHead(composed, context)
        if composed.body.readableBytes > 0 {
            context.write(self.wrapOutboundOut(.body(.byteBuffer(composed.body))), promise: nil)
        }
        self.end(exchange, context)
    }

    func sendInterim(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, for exchange: Exchange) {
        guard let context, let current, current.exchange === exchange, self.pump == nil else { return }
        let fields = HTTPHeaders(headers.sendable.map { ($0.name.lowercased(), $0.value) })
        context.writeAndFlush(
            self.wrapOutboundOut(.head(HTTPResponseHead(version: .http2, status: status, headers: fields))),
            promise: nil)
    }

    func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange) {
        guard let context, let current, current.exchange === exchange else {
            pipe.close()
            return exchange.disconnect()
        }
        let (head, framing) = self.settings.composer.start(
            start, method: current.method, version: current.version, requestHeaders: current.headers,
            date: self.loopContext.date)
        self.writeHead(head, context)
        guard let framing else {
            self.end(exchange, context)
            return pipe.close()
        }
        self.current?.headers = [:]
        let pump = OutputPump(
            pipe: pipe, exchange: exchange, target: self, framing: framing, start: start,
            isGzipped: head.isGzipped, context: self.loopContext)
        self.pump = pump
        pump.start()
        pump.drain()
        context.flush()
        self.updateDeadline()
    }

    func streamHasMore(for exchange: Exchange) {
        guard let current, current.exchange === exchange, let pump else { return }
        pump.drain()
        if !pump.isEventStream, !self.isWritable { self.updateDeadline() }
    }

    private func writeHead(_ response: ComposedResponse, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http2, status: response.status, headers: response.headers)
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
    }

    private func end(_ exchange: Exchange, _ context: ChannelHandlerContext, trailers: HTTPHeaders = [:]) {
        (self.current, self.pump) = (nil, nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { result in
            switch result {
            case .success:
                exchange.complete()
                bound.value.refuseRest()
            case .failure: exchange.disconnect()
            }
        }
        context.writeAndFlush(self.wrapOutboundOut(.end(trailers.isEmpty ? nil : trailers)), promise: written)
    }

    /// The whole answer is out: what is left of the request is not wanted (RFC 9113, section 8.1).
    private func refuseRest() {
        guard !self.requestIsWhole, let context else { return }
        let codec = try? context.pipeline.syncOperations.context(handlerType: HTTP2FramePayloadToHTTP1ServerCodec.self)
        codec?.writeAndFlush(NIOAny(HTTP2Frame.FramePayload.rstStream(.noError)), promise: nil)
    }
}

extension HTTP2StreamHandler: OutputTarget {
    func writeOutput(_ bytes: ByteBuffer, from pump: OutputPump) {
        self.context?.write(self.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }

    func flushOutput() { self.context?.flush() }

    func endOutput(trailers: HTTPHeaders, from pump: OutputPump) {
        if let context { self.end(pump.exchange, context, trailers: trailers.sendable) }
    }

    func abortOutput(_ pump: OutputPump) {
        // What came before the break may be of use.
        self.context?.flush()
        self.context?.close(promise: nil)
    }
}

extension HTTPHeaders {
    /// Without what could break a message apart.
    fileprivate var sendable: HTTPHeaders {
        HTTPHeaders(self.filter { FieldSyntax.isName($0.name) && FieldSyntax.isValue($0.value) })
    }
}
