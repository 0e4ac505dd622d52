package import NIOCore

/// TLS by OpenSSL for one connection, server or client.
///
/// Fires ``TLSHandshakeCompleted`` before the first plaintext, and `ChannelEvent.inputClosed` when the peer says it
/// will send no more. A peer that ends the TCP stream is gone: TLS has its own way of ending one direction. Nothing is
/// encrypted while the channel is not writable.
package final class TLSHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Goes to `open` or `closed`.
        case handshaking
        /// Both directions work, or only ours; goes to `outputClosed` or `closed`.
        case open
        /// Our closing alert is out; goes to `closed`.
        case outputClosed
        case closed
    }

    private let session: TLSSession
    private var phase = Phase.handshaking
    private var peerHasClosed = false
    private var queue = TLSWriteQueue()
    private var isPumping = false

    init(session: TLSSession) { self.session = session }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { self.start(context) }
    }

    package func handlerRemoved(context: ChannelHandlerContext) { self.failWrites() }

    package func channelActive(context: ChannelHandlerContext) {
        self.start(context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if self.phase == .handshaking {
            context.fireErrorCaught(TLSError(.handshakeFailed, "the peer closed the connection"))
        }
        self.phase = .closed
        self.failWrites()
        context.fireChannelInactive()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard self.phase != .closed else { return }
        self.session.receive(self.unwrapInboundIn(data))
        if self.phase == .handshaking { self.continueHandshake(context) }
        if self.phase == .open || self.phase == .outputClosed { self.readPlaintext(context) }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        // Whoever answers now flushes; what is left are handshake messages, tickets and alerts.
        context.fireChannelReadComplete()
        if self.phase != .closed { self.sendOutput(context) }
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { self.pump(context) }
        context.fireChannelWritabilityChanged()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else { return context.fireUserInboundEventTriggered(event) }
        if self.phase == .open, !self.peerHasClosed {
            self.fail(TLSError(.brokenStream, "the peer ended the stream without saying so"), context)
        } else {
            self.close(context: context, mode: .all, promise: nil)
        }
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard self.phase == .open || self.phase == .handshaking else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        self.queue.append(self.unwrapOutboundIn(data), promise)
    }

    package func flush(context: ChannelHandlerContext) {
        self.queue.flush()
        self.pump(context)
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .input: context.close(mode: .input, promise: promise)
        case .output, .all:
            if self.phase == .open {
                self.phase = .outputClosed
                self.session.closeOutput()
                self.sendOutput(context)
            }
            if mode == .all { self.phase = .closed }
            self.failWrites()
            context.close(mode: mode, promise: promise)
        }
    }

    private func start(_ context: ChannelHandlerContext) {
        guard self.phase == .handshaking else { return }
        self.continueHandshake(context)
        self.sendOutput(context)
    }

    private func continueHandshake(_ context: ChannelHandlerContext) {
        switch self.session.handshake() {
        case .needsInput: break
        case .done:
            self.phase = .open
            context.fireUserInboundEventTriggered(self.session.summary)
            self.pump(context)
        case .peerClosed: self.fail(TLSError(.handshakeFailed, "the peer closed the connection"), context)
        case .failed(let error): self.fail(error, context)
        }
    }

    private func readPlaintext(_ context: ChannelHandlerContext) {
        let (plaintext, progress) = self.session.read()
        if plaintext.readableBytes > 0 { context.fireChannelRead(self.wrapInboundOut(plaintext)) }
        switch progress {
        case .done, .needsInput: break
        case .peerClosed:
            guard !self.peerHasClosed, self.phase != .closed else { return }
            self.peerHasClosed = true
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .failed(let error):
            if self.phase != .closed { self.fail(error, context) }
        }
    }

    /// Encrypts and sends what is flushed, as long as the peer takes it in.
    private func pump(_ context: ChannelHandlerContext) {
        guard self.phase == .open, !self.isPumping else { return }
        self.isPumping = true
        defer { self.isPumping = false }
        while self.queue.hasFlushed, context.channel.isWritable {
            while context.channel.isWritable, let batch = self.queue.next() {
                do throws(TLSError) {
                    try self.session.write(batch.bytes)
                } catch {
                    batch.promise?.fail(error)
                    return self.fail(error, context)
                }
                context.write(self.wrapOutboundOut(self.session.takeOutput() ?? ByteBuffer()), promise: batch.promise)
            }
            // May make the channel writable again.
            context.flush()
        }
    }

    private func sendOutput(_ context: ChannelHandlerContext) {
        guard let output = self.session.takeOutput() else { return }
        context.writeAndFlush(self.wrapOutboundOut(output), promise: nil)
    }

    /// Sends the alert OpenSSL may have written, tells the application and closes.
    private func fail(_ error: TLSError, _ context: ChannelHandlerContext) {
        guard self.phase != .closed else { return }
        self.phase = .closed
        self.sendOutput(context)
        self.failWrites()
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }

    private func failWrites() {
        for promise in self.queue.removeAll() { promise.fail(ChannelError.ioOnClosedChannel) }
    }
}
