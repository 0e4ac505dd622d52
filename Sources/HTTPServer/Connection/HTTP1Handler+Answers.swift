import Compression
import Glibc
import NIOCore
import NIOHTTP1
import Streaming

/// From answers to bytes.
extension HTTP1Handler: ExchangeSink {
    var isWritable: Bool { self.context?.channel.isWritable ?? false }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        guard let current, current.exchange === exchange else { return exchange.disconnect() }
        let composed = self.settings.composer.compose(
            response, method: current.method, requestHeaders: current.headers, date: self.loopContext.date,
            gzip: { try? self.loopContext.gzip.compress($0) })
        let persists = self.mayPersist
        let (first, rest) = HTTP1Encoding.encode(composed, self.persistence(persists, current.version))
        self.send(first, rest, persists, for: exchange)
    }

    func send(precomposed response: some PrecomposedResponse, for exchange: Exchange) {
        guard let current, current.exchange === exchange else { return exchange.disconnect() }
        let persists = self.mayPersist
        let fields = HTTP1Encoding.fields(of: self.persistence(persists, current.version))
        guard let (first, rest) = response.http1Message(fields: fields, allocator: ByteBufferAllocator()) else {
            return self.send(response.response, for: exchange)
        }
        self.send(first, rest, persists, for: exchange)
    }

    /// Writes a whole message.
    private func send(_ first: ByteBuffer, _ rest: ByteBuffer?, _ persists: Bool, for exchange: Exchange) {
        let isWatched = exchange.isWatched
        if let rest {
            self.write(first)
            self.write(rest, telling: isWatched ? exchange : nil)
        } else {
            self.write(first, telling: isWatched ? exchange : nil)
        }
        if !isWatched { exchange.complete() }
        self.finishAnswer(persisted: persists, bytes: first.readableBytes + (rest?.readableBytes ?? 0))
    }

    func sendInterim(_ status: HTTPResponseStatus, _ headers: HTTPHeaders, for exchange: Exchange) {
        // A client of HTTP/1.0 would take it for the answer.
        guard let current, current.exchange === exchange, self.pump == nil, current.version.isModern else { return }
        self.write(HTTP1Encoding.interim(status, headers))
        self.flushIfNeeded()
    }

    func startStream(_ pipe: BodyPipe, _ start: StreamStart, for exchange: Exchange) {
        guard self.context != nil, let current, current.exchange === exchange else {
            pipe.close()
            return exchange.disconnect()
        }
        let (head, framing) = self.settings.composer.start(
            start, method: current.method, version: current.version, requestHeaders: current.headers,
            date: self.loopContext.date)
        let persists = self.mayPersist && framing != .untilClose
        self.write(
            HTTP1Encoding.encode(head, self.persistence(persists, current.version), isChunked: framing == .chunked).0)
        // A stream may stay for days: what is not needed any more is let go.
        self.current?.headers = [:]
        self.current?.persists = persists
        self.current?.isChunked = framing == .chunked
        guard let framing else {
            self.finishStream(exchange)
            return pipe.close()
        }
        let pump = OutputPump(
            pipe: pipe, exchange: exchange, target: self, framing: framing, start: start,
            isGzipped: head.isGzipped, context: self.loopContext)
        self.pump = pump
        pump.start()
        pump.drain()
        self.flushIfNeeded()
        if self.lifecycle.clientHasFinished { pump.comment() }
        if !self.isInReadLoop { self.updateDeadline() }
    }

    func streamHasMore(for exchange: Exchange) {
        guard let current, current.exchange === exchange, let pump else { return }
        pump.drain()
        guard !pump.isEventStream, !self.isInReadLoop else { return }
        // From now on the client is the one that is waited for, or time begins anew for one that may be gone.
        if !self.isWritable || self.lifecycle.clientHasFinished {
            self.deadlines.wait(for: .nothing, at: .now())
            self.updateDeadline()
        }
    }

    /// A connection cannot be kept when the rest of the request's body is still under way.
    private var mayPersist: Bool { self.lifecycle.mayPersist && !self.assembler.isStreaming }

    func write(_ bytes: ByteBuffer, telling exchange: Exchange? = nil) {
        guard let context else { return }
        self.needsFlush = true
        guard let exchange else { return context.write(self.wrapOutboundOut(bytes), promise: nil) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { result in
            switch result {
            case .success: exchange.complete()
            case .failure: exchange.disconnect()
            }
        }
        context.write(self.wrapOutboundOut(bytes), promise: promise)
    }

    /// One flush for everything that was answered during one read.
    func flushIfNeeded() {
        guard self.needsFlush, !self.isInReadLoop, let context else { return }
        self.needsFlush = false
        context.flush()
    }

    func perform(_ step: HTTP1Lifecycle.Step) {
        switch step {
        case .none, .readNext: break
        case .closeNow: self.context?.close(promise: nil)
        case .closeGracefully: self.closeAfterFlush(lingering: true)
        case .closeAfterFlush: self.closeAfterFlush(lingering: false)
        }
    }

    private func persistence(_ persists: Bool, _ version: HTTPVersion) -> HTTP1Encoding.Persistence {
        guard persists else { return .close }
        return version.isModern ? .keepAlive : .explicitKeepAlive
    }

    private func finishStream(_ exchange: Exchange, trailers: HTTPHeaders = [:]) {
        if self.current?.isChunked ?? false { self.write(HTTP1Encoding.lastChunk(trailers: trailers)) }
        exchange.complete()
        self.finishAnswer(persisted: self.current?.persists ?? false, bytes: 0)
    }

    private func finishAnswer(persisted: Bool, bytes: Int) {
        self.current = nil
        self.pump = nil
        let body = self.assembler.abandonStream()
        body?.pass(on: .failed(.cutOff))
        self.answeredBytes += bytes
        self.deadlines.wait(for: .nothing, at: .distantPast)
        self.perform(self.lifecycle.answered(persisted: persisted))
        self.flushIfNeeded()
        self.processArrivals()
        if !self.isInReadLoop { self.updateDeadline() }
    }

    /// Closes once everything is written.
    ///
    /// - Parameter lingering: ends only our side and waits for the client to end its own. Closing at once would let the
    ///   kernel reset the connection when unread data is left, and the client might lose the answer.
    private func closeAfterFlush(lingering: Bool) {
        guard let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenSuccess {
            let handler = bound.value
            guard let context = handler.context else { return }
            handler.lifecycle.flushed()
            guard lingering, !handler.lifecycle.clientHasFinished else { return context.close(promise: nil) }
            context.close(mode: .output, promise: nil)
            handler.updateDeadline()
        }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: written)
    }
}

extension HTTP1Handler: OutputTarget {
    func writeOutput(_ bytes: ByteBuffer, from pump: OutputPump) {
        guard self.current?.isChunked ?? false else { return self.write(bytes) }
        guard bytes.readableBytes > HTTP1Encoding.copiedChunkBytes else {
            return self.write(HTTP1Encoding.chunk(bytes))
        }
        self.write(HTTP1Encoding.chunkStart(bytes.readableBytes))
        self.write(bytes)
        self.write(HTTP1Encoding.chunkEnd)
    }

    func flushOutput() { self.flushIfNeeded() }

    func endOutput(trailers: HTTPHeaders, from pump: OutputPump) {
        self.finishStream(pump.exchange, trailers: trailers)
    }

    func abortOutput(_ pump: OutputPump) {
        // A client of HTTP/1.0 takes an orderly end of the connection for the end of the body.
        if let current, !current.version.isModern { self.context?.channel.resetOnClose() }
        // What came before the break may be of use.
        self.context?.flush()
        self.context?.close(promise: nil)
    }
}

extension Channel {
    /// Has the next close tell the peer that the connection broke, rather than ended.
    fileprivate func resetOnClose() {
        (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
    }
}
