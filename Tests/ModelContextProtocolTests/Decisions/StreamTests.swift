import NIOCore
import NIOEmbedded
import Sessions
import Testing

@testable import ModelContextProtocol

/// What a client that lost a stream can be told again.
struct StreamTests {
    static func bytes(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test("tells again what followed a place on its own stream, and nothing of another")
    func replay() {
        var log = ReplayLog()
        let first = log.open()
        let second = log.open()
        #expect(first != second)
        let a = log.append(Self.bytes("a"), to: first, maximumBytes: 100)
        _ = log.append(Self.bytes("x"), to: second, maximumBytes: 100)
        let b = log.append(Self.bytes("b"), to: first, maximumBytes: 100)
        let start = ReplayLog.EventID(stream: first, sequence: 0)
        #expect(log.events(after: start)?.map { String(buffer: $0.message) } == ["a", "b"])
        #expect(log.events(after: a)?.map { String(buffer: $0.message) } == ["b"])
        #expect(log.events(after: b) == [])
        #expect(log.events(after: ReplayLog.EventID(stream: first, sequence: 3)) == nil)
        #expect(log.events(after: ReplayLog.EventID(stream: 9, sequence: 0)) == nil)
        #expect(!log.isComplete(first))
        log.complete(first)
        #expect(log.isComplete(first) && log.lastID(of: first) == b)
    }

    @Test("forgets the oldest first, and knows what it has forgotten")
    func bound() {
        var log = ReplayLog()
        let stream = log.open()
        var ids: [ReplayLog.EventID] = []
        for text in ["aaaa", "bbbb", "cccc"] { ids.append(log.append(Self.bytes(text), to: stream, maximumBytes: 8)) }
        #expect(log.bytes == 8)
        #expect(log.events(after: ReplayLog.EventID(stream: stream, sequence: 0)) == nil)
        #expect(log.events(after: ids[0])?.count == 2)
        _ = log.append(Self.bytes("dddd"), to: stream, maximumBytes: 0)
        #expect(log.bytes == 0)
        #expect(log.events(after: ids[2]) == nil)
    }

    @Test("remembers so many streams, finished ones are forgotten first")
    func streamBound() {
        var log = ReplayLog()
        let open = log.open()
        let finished = log.open()
        _ = log.append(Self.bytes("f"), to: finished, maximumBytes: 100)
        log.complete(finished)
        for _ in 0..<ReplayLog.maximumStreams - 1 { _ = log.open(keeping: [open]) }
        #expect(log.events(after: ReplayLog.EventID(stream: open, sequence: 0)) == [])
        #expect(log.events(after: ReplayLog.EventID(stream: finished, sequence: 0)) == nil)
        #expect(log.bytes == 0)
    }

    @Test(
        "reads only its own names",
        arguments: [
            ("m.1.2", true), ("m.01.2", false), ("n.1.2", false), ("m.1", false), ("m.1.2.3", false), ("", false),
            ("m.1.-2", true), ("m.+1.2", false), ("m.x.2", false),
        ])
    func names(text: String, isKnown: Bool) { #expect((EventName.parse(text, mark: "m") != nil) == isKnown) }

    @Test("a session gives back what it kept, however its streams end")
    func budget() {
        let budget = ReplayBudget(bytesPerSession: 1000, maximumBytes: 2000)
        let session = MCPSession(
            id: SessionID(rawValue: "s"), transport: .streamableHTTP,
            agreement: MCPSession.Agreement(revision: .november2025, client: ClientCapabilities()),
            maximumRunningCalls: 1, budget: budget)
        let loop = EmbeddedEventLoop()
        func open() -> Int { session.openStream(UnreadStream.make(on: loop), on: loop) }
        for _ in 0..<ReplayLog.maximumStreams * 3 {
            let number = open()
            session.send(ByteBuffer(string: "0123456789"), on: number)
            session.finishStream(number)
        }
        #expect(budget.used == ReplayLog.maximumStreams * 10)
        let last = open()
        session.end(.closed)
        #expect(budget.used == 0)
        session.send(ByteBuffer(string: "an answer that comes late"), on: last)
        #expect(budget.used == 0)
    }

    @Test("when nothing more may be kept, a session keeps what it has and replaces the oldest")
    func fullBudget() {
        var log = ReplayLog()
        let stream = log.open()
        for text in ["aaaa", "bbbb"] { _ = log.append(Self.bytes(text), to: stream, maximumBytes: 100) }
        _ = log.append(Self.bytes("cccc"), to: stream, maximumBytes: log.bytes)
        let kept = log.events(after: ReplayLog.EventID(stream: stream, sequence: 1))
        #expect(kept?.map { String(buffer: $0.message) } == ["bbbb", "cccc"])
    }
}
