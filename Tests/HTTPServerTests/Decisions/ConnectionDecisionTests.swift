import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import HTTPServer

struct ConnectionDecisionTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test("a header counts from its first byte, a body from its last piece, the first header from the start")
    func deadlines() {
        var deadlines = ConnectionDeadlines(limits: HTTPServerConfiguration.Limits())
        deadlines.opened(at: self.start)
        #expect(deadlines.deadline == self.start + .seconds(10))
        deadlines.wait(for: .header, at: self.start + .seconds(8))
        #expect(deadlines.deadline == self.start + .seconds(10))
        deadlines.wait(for: .header, at: self.start + .seconds(9))
        #expect(deadlines.hasExpired(at: self.start + .seconds(10)))
        deadlines.wait(for: .body, at: self.start)
        deadlines.wait(for: .body, at: self.start + .seconds(20))
        #expect(deadlines.deadline == self.start + .seconds(50))
        deadlines.wait(for: .nothing, at: self.start)
        #expect(deadlines.deadline == nil && !deadlines.hasExpired(at: .distantFuture))
        deadlines.wait(for: .idle, at: self.start)
        deadlines.wait(for: .idle, at: self.start + .seconds(5))
        #expect(deadlines.deadline == self.start + .seconds(75))
        deadlines.wait(for: .nothing, at: self.start)
        deadlines.wait(for: .close, at: self.start)
        #expect(deadlines.deadline == self.start + .seconds(2))
    }

    @Test("a client gets more time for a large answer")
    func largeAnswer() {
        var deadlines = ConnectionDeadlines(limits: HTTPServerConfiguration.Limits())
        deadlines.allow(answerBytes: 1 << 30)
        #expect(deadlines.deadline == nil)
        deadlines.wait(for: .flush, at: self.start)
        deadlines.allow(answerBytes: 1_638_400)
        #expect(deadlines.deadline == self.start + .seconds(175))
    }

    @Test("an HTTP/1.1 connection reads on after an answer unless it was to be the last")
    func lifecycle() {
        var lifecycle = HTTP1Lifecycle()
        #expect(lifecycle.ranDry(isBetweenRequests: true) == .none)
        #expect(lifecycle.answered(persisted: true) == .none)
        lifecycle.begin(keepAlive: true)
        #expect(lifecycle.mayPersist)
        #expect(lifecycle.answered(persisted: true) == .readNext)
        lifecycle.begin(keepAlive: false)
        #expect(!lifecycle.mayPersist)
        #expect(lifecycle.answered(persisted: false) == .closeGracefully)
        #expect(lifecycle.clientFinished() == .none)
        lifecycle.flushed()
        #expect(lifecycle.clientFinished() == .closeNow)
    }

    @Test("a draining connection closes between requests, not within one")
    func draining() {
        var lifecycle = HTTP1Lifecycle()
        lifecycle.drain()
        #expect(lifecycle.ranDry(isBetweenRequests: false) == .none)
        lifecycle.begin(keepAlive: true)
        #expect(!lifecycle.mayPersist)
        lifecycle = HTTP1Lifecycle()
        lifecycle.drain()
        #expect(lifecycle.ranDry(isBetweenRequests: true) == .closeAfterFlush)
        #expect(lifecycle.phase == .closing)
        var finished = HTTP1Lifecycle()
        #expect(finished.clientFinished() == .none)
        #expect(finished.ranDry(isBetweenRequests: false) == .closeAfterFlush)
    }

    @Test("small writes share a record, large ones are cut, promises are kept")
    func writeQueue() async throws {
        var queue = TLSWriteQueue()
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promises = (0..<2).map { _ in loop.makePromise(of: Void.self) }
        queue.append(ByteBuffer(string: "a"), promises[0])
        let early = queue.next()
        #expect(early?.bytes == nil)
        queue.append(ByteBuffer(string: "b"), promises[1])
        queue.flush()
        queue.append(ByteBuffer(string: "c"), nil)
        let batch = queue.next()
        #expect(batch?.bytes == ByteBuffer(string: "ab"))
        let late = queue.next()
        #expect(!queue.hasFlushed && late?.bytes == nil)
        batch?.promise?.succeed()
        for promise in promises { try await promise.futureResult.get() }
        queue.append(ByteBuffer(repeating: 0, count: 100_000), nil)
        queue.flush()
        let sizes = (0..<3).map { _ in queue.next()?.bytes.readableBytes }
        #expect(sizes == [1, 65_536, 34_464] && !queue.hasFlushed)
        queue.append(ByteBuffer(string: "d"), loop.makeSucceededVoidPromise())
        #expect(queue.removeAll().count == 1)
    }

    @Test(
        "says what a parser error means",
        arguments: [
            (HTTPParserError.headerOverflow, 431), (.invalidVersion, 505), (.invalidMethod, 400), (.invalidURL, 400),
            (.invalidHeaderToken, 400), (.invalidContentLength, 400), (.unexpectedContentLength, 400),
            (.invalidChunkSize, 400),
            (.invalidEOFState, 400), (.closedConnection, 400), (.unknown, 400),
        ] as [(HTTPParserError, UInt)])
    func parserErrors(error: HTTPParserError, status: UInt) {
        let refusal = HTTPRefusal.parserError(error, headerLimitBytes: 7)
        #expect(refusal.status.code == status && "\(refusal)".hasPrefix("\(status) "))
    }
}

extension EventLoop {
    fileprivate func makeSucceededVoidPromise() -> EventLoopPromise<Void> {
        let promise = self.makePromise(of: Void.self)
        promise.succeed()
        return promise
    }
}
