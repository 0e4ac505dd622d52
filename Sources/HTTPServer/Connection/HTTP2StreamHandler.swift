import Compression
import NIOCore
import NIOHTTP1
import NIOHTTP2

/// Serves one HTTP/2 stream: one request, one answer.
final class HTTP2StreamHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let settings: ConnectionSettings
    private let loopContext: LoopContext
    private let info: ConnectionInfo
    private var context: ChannelHandlerContext?
    private var assembler: RequestAssembler
    private var deadlines: ConnectionDeadlines
    private var timer: ConnectionTimer?
    private var current: CurrentRequest?
    private var pump: EventPump?
    private var requestIsWhole = false

    init(settings: ConnectionSettings, info: ConnectionInfo, eventLoop: any EventLoop) {
        self.settings = settings
        self.loopContext = settings.context(of: eventLoop)
        self.info = info
        self.assembler = RequestAssembler(limits: settings.limits, isHTTP2: true)
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
        switch self.assembler.receive(part) {
        case .none: break
        case .sendContinue:
            let head = HTTPResponseHead(version: .http2, status: .continue)
            context.writeAndFlush(self.wrapOutboundOut(.head(head)), promise: nil)
        case .refuse(let refusal): self.refuse(refusal)
        case .handle(let request): self.handle(request, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.updateDeadline()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { self.pump?.drain() }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

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

    /// Only a body may keep a stream waiting: its header has been there from the start.
    private func updateDeadline() {
        let isReadingBody = self.assembler.awaiting == .body && !self.requestIsWhole
        guard isReadingBody || self.timer != nil, let context else { return }
        self.deadlines.wait(for: isReadingBody ? .body : .nothing, at: .now())
        let timer =
            self.timer
            ?? ConnectionTimer(eventLoop: context.eventLoop) { [weak self] in
                guard let self else { return }
                self.refuse(self.assembler.abandon(.bodyTimeout))
            }
        self.timer = timer
        timer.set(self.deadlines.deadline)
    }

    private func streamEnded() {
        self.timer?.stop()
        let (pump, current) = (self.pump, self.current)
        (self.context, self.pump, self.current) = (nil, nil, nil)
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

    func startEvents(_ queue: EventQueue, headers: HTTPHeaders, for exchange: Exchange) {
        guard let context, let current, current.exchange === exchange else {
            queue.close()
            return exchange.disconnect()
        }
        self.writeHead(self.settings.composer.eventStream(headers: headers, date: self.loopContext.date), context)
        guard current.method != .HEAD else {
            self.end(exchange, context)
            return queue.close()
        }
        context.flush()
        self.current?.headers = [:]
        let pump = EventPump(queue: queue, exchange: exchange, target: self, silence: self.loopContext.silence)
        self.pump = pump
        pump.start()
        pump.drain()
    }

    func eventsQueued(for exchange: Exchange) {
        guard let current, current.exchange === exchange else { return }
        self.pump?.drain()
    }

    private func writeHead(_ response: ComposedResponse, _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http2, status: response.status, headers: response.headers)
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
    }

    private func end(_ exchange: Exchange, _ context: ChannelHandlerContext) {
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
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: written)
    }

    /// The whole answer is out: what is left of the request is not wanted (RFC 9113, section 8.1).
    private func refuseRest() {
        guard !self.requestIsWhole, let context else { return }
        let codec = try? context.pipeline.syncOperations.context(handlerType: HTTP2FramePayloadToHTTP1ServerCodec.self)
        codec?.writeAndFlush(NIOAny(HTTP2Frame.FramePayload.rstStream(.noError)), promise: nil)
    }
}

extension HTTP2StreamHandler: EventPumpTarget {
    func writeEvents(_ bytes: ByteBuffer, from pump: EventPump) {
        self.context?.writeAndFlush(self.wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }

    func endEvents(_ pump: EventPump) {
        if let context { self.end(pump.exchange, context) }
    }

    func abortEvents(_ pump: EventPump) { self.context?.close(promise: nil) }
}
