import NIOCore
import NIOHTTP1

/// Serves one HTTP/1.1 connection: one request after another, answers in order.
final class HTTP1Handler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    enum Arrival {
        case part(HTTPServerRequestPart)
        case failure(HTTPRefusal)
    }

    let settings: ConnectionSettings
    let loopContext: LoopContext
    var info: ConnectionInfo
    var context: ChannelHandlerContext?
    var assembler: RequestAssembler
    var lifecycle = HTTP1Lifecycle()
    var deadlines: ConnectionDeadlines
    var timer: ConnectionTimer?
    /// Arrived while a request before it was being answered.
    var arrivals = CircularBuffer<Arrival>(initialCapacity: 0)
    var current: CurrentRequest?
    var pump: OutputPump?
    /// Bytes since the parser last came up with something.
    var bytesWithoutProgress = 0
    /// Bytes of answers written since the deadline was last set.
    var answeredBytes = 0
    var isProcessing = false
    var isInReadLoop = false
    var needsFlush = false
    var isReadHeld = false

    init(settings: ConnectionSettings, info: ConnectionInfo, eventLoop: any EventLoop) {
        self.settings = settings
        self.loopContext = settings.context(of: eventLoop)
        self.info = info
        self.assembler = RequestAssembler(
            limits: settings.limits, isHTTP2: false, handler: settings.handler,
            decodes: settings.configuration.decodesRequests)
        self.deadlines = ConnectionDeadlines(limits: settings.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.timer = ConnectionTimer(eventLoop: context.eventLoop) { [weak self] in self?.deadlineExpired() }
        self.deadlines.opened(at: .now())
        self.timer?.set(self.deadlines.deadline)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.connectionEnded() }

    func channelInactive(context: ChannelHandlerContext) {
        self.connectionEnded()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.bytesWithoutProgress = 0
        guard self.lifecycle.phase != .closing else { return }
        self.process(self.unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.isInReadLoop = false
        if self.needsFlush { self.loopContext.turn.flushLater(self) }
        self.updateDeadline()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            self.pump?.drain()
            self.processArrivals()
            self.flushIfNeeded()
        }
        // A client that reads again starts its time anew.
        if self.pump != nil, !self.isInReadLoop { self.updateDeadline() }
        context.fireChannelWritabilityChanged()
    }

    /// Requests are not read faster than they are answered.
    func read(context: ChannelHandlerContext) {
        if self.holdsReads { self.isReadHeld = true } else { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: self.clientFinished()
        case is ChannelShouldQuiesceEvent: self.drain()
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError:
            self.fail(.parserError(error, headerLimitBytes: self.settings.limits.headerBytes))
        // The rest of what could not be parsed: that has its answer, which closing now might cut off.
        case ByteToMessageDecoderError.dataReceivedInErrorState: break
        default:
            // The transport is broken: nothing can be said to the client any more.
            context.close(promise: nil)
        }
    }

    /// Raw bytes are about to be parsed.
    func bytesArrived(_ count: Int) {
        self.isInReadLoop = true
        self.bytesWithoutProgress += count
    }

    /// Raw bytes have been parsed; the parser passes over chunk extensions without end, this does not.
    func bytesParsed() {
        if self.bytesWithoutProgress > self.settings.limits.headerBytes + 64 * 1024 {
            self.fail(.headerTooLarge(limitBytes: self.settings.limits.headerBytes))
        }
    }

    var holdsReads: Bool {
        switch self.lifecycle.phase {
        case .reading: !(self.context?.channel.isWritable ?? true)
        case .answering: !self.arrivals.isEmpty || !self.assembler.hasRoom
        case .closing: false
        }
    }
}
