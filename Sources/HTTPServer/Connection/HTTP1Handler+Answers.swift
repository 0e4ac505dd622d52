import Compression
import NIOCore
import NIOHTTP1

/// From answers to bytes.
extension HTTP1Handler: ExchangeSink {
    var isWritable: Bool { self.context?.channel.isWritable ?? false }

    func send(_ response: HTTPResponse, for exchange: Exchange) {
        guard let current, current.exchange === exchange else { return exchange.disconnect() }
        let composed = self.settings.composer.compose(
            response, method: current.method, requestHeaders: current.headers, date: self.loopContext.date,
            gzip: { try? self.loopContext.gzip.compress($0) })
        let persists = self.lifecycle.mayPersist
        let (first, rest) = HTTP1Encoding.encode(composed, self.persistence(persists, current.version))
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

    func startEvents(_ queue: EventQueue, headers: HTTPHeaders, for exchange: Exchange) {
        guard self.context != nil, let current, current.exchange === exchange else {
            queue.close()
            return exchange.disconnect()
        }
        let head = self.settings.composer.eventStream(headers: headers, date: self.loopContext.date)
        // HTTP/1.0 knows no chunks: there the end of the connection is the end of the stream.
        let isChunked = current.version.isModern
        let persists = self.lifecycle.mayPersist && isChunked
        self.write(HTTP1Encoding.encode(head, self.persistence(persists, current.version), isChunked: isChunked).0)
        // A stream may stay for days: what is not needed any more is let go.
        self.current?.headers = [:]
        self.current?.persists = persists
        guard current.method != .HEAD else {
            self.finishEvents(exchange, isChunked: false)
            return queue.close()
        }
        let pump = EventPump(queue: queue, exchange: exchange, target: self, silence: self.loopContext.silence)
        self.pump = pump
        pump.start()
        pump.drain()
        self.flushIfNeeded()
        if self.lifecycle.clientHasFinished { pump.comment() }
    }

    func eventsQueued(for exchange: Exchange) {
        guard let current, current.exchange === exchange else { return }
        self.pump?.drain()
    }

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

    private func finishEvents(_ exchange: Exchange, isChunked: Bool) {
        if isChunked { self.write(HTTP1Encoding.lastChunk) }
        exchange.complete()
        self.finishAnswer(persisted: self.current?.persists ?? false, bytes: 0)
    }

    private func finishAnswer(persisted: Bool, bytes: Int) {
        self.current = nil
        self.pump = nil
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

extension HTTP1Handler: EventPumpTarget {
    func writeEvents(_ bytes: ByteBuffer, from pump: EventPump) {
        let isChunked = self.current?.version.isModern ?? false
        self.write(isChunked ? HTTP1Encoding.chunk(bytes) : bytes)
        self.flushIfNeeded()
    }

    func endEvents(_ pump: EventPump) {
        self.finishEvents(pump.exchange, isChunked: self.current?.version.isModern ?? false)
    }

    func abortEvents(_ pump: EventPump) { self.context?.close(promise: nil) }
}
