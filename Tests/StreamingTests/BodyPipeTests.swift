import NIOCore
import NIOHTTP1
import Streaming
import Synchronization
import Testing

struct BodyPipeTests {
    private final class Calls: Sendable {
        private let count = Atomic(0)
        var value: Int { self.count.load(ordering: .relaxed) }
        func add() { self.count.add(1, ordering: .relaxed) }
    }

    private func bytes(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test("tells the reader once until it has looked")
    func announcing() {
        let (pipe, calls) = (BodyPipe(), Calls())
        pipe.onArrival { calls.add() }
        pipe.write(self.bytes("a"))
        pipe.write(self.bytes("b"))
        #expect(calls.value == 1)
        // Small pieces are put together.
        #expect(pipe.read() == .bytes(self.bytes("ab")))
        pipe.write(self.bytes("c"))
        #expect(calls.value == 2)
        #expect(pipe.read(maximumBytes: 9) == .bytes(self.bytes("c")))
        #expect(pipe.read() == .wait)
        pipe.finish(trailers: ["x": "y"])
        #expect(calls.value == 3)
        #expect(pipe.read() == .end(trailers: ["x": "y"]))
    }

    @Test("keeps nobody once its end was read, whichever end that is", arguments: [true, false])
    func lettingGo(isWhole: Bool) {
        final class Holder: Sendable {
            let pipe = BodyPipe()
        }
        weak var weakHolder: Holder?
        do {
            let holder = Holder()
            weakHolder = holder
            holder.pipe.onArrival { _ = holder.pipe.read() }
            holder.pipe.onRoom { withExtendedLifetime(holder) {} }
            holder.pipe.write(ByteBuffer(string: "a"))
            if isWhole { holder.pipe.finish() } else { holder.pipe.fail(.cutOff) }
        }
        #expect(weakHolder == nil)
    }

    @Test("has the writer wait when it is full, and tells it when half is read")
    func room() {
        let (pipe, calls) = (BodyPipe(limitBytes: 8), Calls())
        pipe.onRoom { calls.add() }
        #expect(pipe.write(self.bytes("aaaa")) == .room)
        #expect(pipe.write(self.bytes("aaaa")) == .full)
        #expect(pipe.isFull && pipe.queuedBytes == 8)
        #expect(pipe.read(maximumBytes: 4) == .bytes(self.bytes("aaaa")))
        #expect(calls.value == 0)
        #expect(pipe.read(maximumBytes: 1) == .bytes(self.bytes("a")))
        #expect(calls.value == 1 && !pipe.isFull)
        #expect(pipe.read(maximumBytes: 1) == .bytes(self.bytes("a")))
        #expect(calls.value == 1)
    }

    @Test("tells a writer that waits for the reader of its first look")
    func demand() {
        let (pipe, calls) = (BodyPipe(waitsForReader: true), Calls())
        pipe.onRoom { calls.add() }
        #expect(calls.value == 0)
        #expect(pipe.read() == .wait)
        #expect(pipe.read() == .wait)
        #expect(calls.value == 1)
    }

    @Test("drops what is queued when its writer fails, and tells both sides")
    func failing() {
        let (pipe, arrivals, ends) = (BodyPipe(), Calls(), Calls())
        pipe.onArrival { arrivals.add() }
        pipe.onEnd { ends.add() }
        pipe.write(self.bytes("a"))
        _ = pipe.read(maximumBytes: 0)
        pipe.fail(.timedOut)
        pipe.fail(.cutOff)
        #expect(arrivals.value == 2 && ends.value == 1)
        #expect(pipe.read() == .failed(.timedOut))
        #expect(pipe.write(self.bytes("b")) == .closed)
        pipe.onEnd { ends.add() }
        #expect(ends.value == 2)
    }

    @Test("gives what is queued before the failure, if its writer wants that")
    func failingAfterwards() {
        let pipe = BodyPipe()
        pipe.write(self.bytes("ab"))
        pipe.fail(.cutOff, keepsQueued: true)
        #expect(pipe.write(self.bytes("c")) == .closed)
        #expect(pipe.read(maximumBytes: 1) == .bytes(self.bytes("a")))
        #expect(pipe.read() == .bytes(self.bytes("b")))
        #expect(pipe.read() == .failed(.cutOff))
    }

    @Test("tells the writer when the reader wants nothing more")
    func closing() {
        let (pipe, rooms, ends) = (BodyPipe(limitBytes: 1), Calls(), Calls())
        pipe.onRoom { rooms.add() }
        pipe.onEnd { ends.add() }
        #expect(pipe.write(self.bytes("a")) == .full)
        pipe.close()
        pipe.close()
        #expect(rooms.value == 1 && ends.value == 1)
        #expect(pipe.write(self.bytes("b")) == .closed && pipe.queuedBytes == 0)
        #expect(pipe.read() == .failed(.cutOff))
    }

    @Test("lets go of callbacks outside its lock: what they hold may use the pipe as it goes")
    func lastReferences() {
        final class Holder: Sendable {
            let pipe: BodyPipe
            init(_ pipe: BodyPipe) { self.pipe = pipe }
            deinit { self.pipe.fail(.cutOff) }
        }
        for end in [{ $0.close() }, { $0.fail(.timedOut) }] as [(BodyPipe) -> Void] {
            let pipe = BodyPipe()
            pipe.onArrival { [holder = Holder(pipe)] in _ = holder }
            pipe.onRoom { [holder = Holder(pipe)] in _ = holder }
            pipe.onEnd { [holder = Holder(pipe)] in _ = holder }
            end(pipe)
            pipe.close()
            #expect(!pipe.isOpen)
        }
    }

    @Test("takes a body in single bytes without a buffer for each")
    func dripping() {
        var state = PipeState(limitBytes: 1 << 20)
        for _ in 0..<10_000 { _ = state.write(self.bytes("a")) }
        guard case .bytes(let first) = state.read(maximumBytes: .max).0 else {
            Issue.record("nothing to read")
            return
        }
        #expect(first.readableBytes == 10_000)
    }

    @Test("lets a task wait for room, and go on when there is some, the pipe ends or it is cancelled")
    func waiting() async {
        let pipe = BodyPipe(limitBytes: 2)
        pipe.write(self.bytes("aa"))
        async let first: Void = pipe.waitForRoom()
        _ = pipe.read()
        await first
        pipe.write(self.bytes("aa"))
        let cancelled = Task { await pipe.waitForRoom() }
        cancelled.cancel()
        await cancelled.value
        async let last: Void = pipe.waitForRoom()
        pipe.close()
        await last
    }

    @Test("passes a body between two threads whole and in order", .timeLimit(.minutes(1)))
    func threads() async {
        let pipe = BodyPipe(limitBytes: 1000)
        async let sent: Void = {
            for number in 0..<20_000 {
                if pipe.write(ByteBuffer(integer: UInt32(number))) == .full { await pipe.waitForRoom() }
            }
            pipe.finish()
        }()
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        pipe.onArrival { arrived.yield() }
        var received = ByteBuffer()
        var iterator = arrivals.makeAsyncIterator()
        reading: while true {
            switch pipe.read(maximumBytes: 333) {
            case .bytes(let bytes): received.writeImmutableBuffer(bytes)
            case .wait: _ = await iterator.next()
            case .end: break reading
            case .failed(let failure):
                Issue.record("\(failure)")
                break reading
            }
        }
        await sent
        #expect(received.readableBytes == 80_000)
        for number in 0..<20_000 {
            guard received.readInteger(as: UInt32.self) == UInt32(number) else {
                Issue.record("out of order at \(number)")
                return
            }
        }
    }
}
