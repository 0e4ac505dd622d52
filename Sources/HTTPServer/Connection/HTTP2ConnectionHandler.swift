import NIOCore
import NIOHTTP2

/// Ends an HTTP/2 connection that has been idle too long or whose server shuts down.
///
/// NIO's connection manager sends the GOAWAY frames and closes after the last stream; this handler decides when, tells
/// the streams, and closes for good where a client does not play along.
final class HTTP2ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var deadlines: ConnectionDeadlines
    private var timer: ConnectionTimer?
    private var streams: [ObjectIdentifier: any Channel] = [:]
    private var isDraining = false

    init(limits: HTTPServerConfiguration.Limits, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.deadlines = ConnectionDeadlines(limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.timer = ConnectionTimer(eventLoop: self.eventLoop) { [weak self] in self?.deadlineExpired() }
        self.deadlines.opened(at: .now())
        self.timer?.set(self.deadlines.deadline)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.stop() }

    func channelInactive(context: ChannelHandlerContext) {
        self.stop()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: self.drain()
        case ChannelEvent.inputClosed:
            // No more requests will come, and no window updates either.
            context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The codec has sent GOAWAY where that makes sense. Errors of single streams do not end the connection.
        if !(error is NIOHTTP2Errors.StreamError) { context.close(promise: nil) }
    }

    func streamCreated(_ stream: any Channel) {
        self.streams[ObjectIdentifier(stream)] = stream
        self.wait(for: .nothing)
        if self.isDraining { stream.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// - Returns: false for a stream that was never created.
    func streamClosed(_ stream: any Channel) -> Bool {
        guard self.streams.removeValue(forKey: ObjectIdentifier(stream)) != nil else { return false }
        if self.streams.isEmpty { self.wait(for: self.isDraining ? .close : .idle) }
        return true
    }

    private func deadlineExpired() {
        guard self.deadlines.waiting == .idle, let context else {
            self.context?.close(promise: nil)
            return
        }
        // The manager in front of this handler says goodbye; a client that does not answer is cut off.
        context.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    private func drain() {
        guard !self.isDraining else { return }
        self.isDraining = true
        for stream in self.streams.values {
            stream.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        if self.streams.isEmpty { self.wait(for: .close) }
    }

    private func wait(for waiting: ConnectionDeadlines.Waiting) {
        self.deadlines.wait(for: waiting, at: .now())
        self.timer?.set(self.deadlines.deadline)
    }

    private func stop() {
        self.context = nil
        self.timer?.stop()
        self.streams = [:]
    }
}
