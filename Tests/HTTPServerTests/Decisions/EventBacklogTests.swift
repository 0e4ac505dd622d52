import NIOCore
import Testing

@testable import HTTPServer

struct EventBacklogTests {
    private func event(_ text: String) -> ServerSentEvent { ServerSentEvent(data: ByteBuffer(string: text)) }

    @Test(
        "writes events as the specification reads them",
        arguments: [
            (ServerSentEvent(data: ByteBuffer(string: "a")), "data: a\n\n"),
            (ServerSentEvent(data: ByteBuffer()), "data: \n\n"),
            (ServerSentEvent(data: ByteBuffer(string: "a\nb\r\nc\rd")), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (ServerSentEvent(data: ByteBuffer(string: "a\n")), "data: a\ndata: \n\n"),
            (
                ServerSentEvent(event: "e", id: "1", retry: 5, data: ByteBuffer(string: "x")),
                "event: e\nid: 1\nretry: 5\ndata: x\n\n"
            ),
            (
                ServerSentEvent(event: "e\ndata: forged", id: "\r\u{0}i", data: ByteBuffer()),
                "event: edata: forged\nid: i\ndata: \n\n"
            ),
        ])
    func encoding(event: ServerSentEvent, expected: String) {
        var buffer = ByteBuffer()
        event.encode(into: &buffer)
        #expect(String(buffer: buffer) == expected)
    }

    @Test("announces once until the connection has looked")
    func announcing() {
        var backlog = EventBacklog(limitBytes: 100)
        #expect(backlog.add(self.event("a")) == .queued(announce: true))
        #expect(backlog.add(self.event("b")) == .queued(announce: false))
        #expect(backlog.next(maximumBytes: 9) == .write(ByteBuffer(string: "data: a\n\n")))
        #expect(backlog.next(maximumBytes: 99) == .write(ByteBuffer(string: "data: b\n\n")))
        #expect(backlog.next(maximumBytes: 99) == .wait)
        #expect(backlog.add(self.event("c")) == .queued(announce: true))
    }

    @Test("ends after what is queued, and takes nothing more")
    func finishing() {
        var backlog = EventBacklog(limitBytes: 100)
        _ = backlog.add(self.event("a"))
        #expect(backlog.finish() == false)
        #expect(backlog.add(self.event("b")) == .closed)
        #expect(backlog.next(maximumBytes: 99) == .write(ByteBuffer(string: "data: a\n\n")))
        #expect(backlog.next(maximumBytes: 99) == .end)
        #expect(backlog.hasRoom)
        #expect(backlog.finish() == false)
    }

    @Test("closes when a client leaves too much unread")
    func overflow() {
        var backlog = EventBacklog(limitBytes: 20)
        #expect(backlog.add(self.event("a")) == .queued(announce: true))
        #expect(backlog.hasRoom)
        #expect(backlog.add(self.event("a")) == .queued(announce: false))
        #expect(backlog.add(self.event(String(repeating: "a", count: 100))) == .queued(announce: false))
        #expect(backlog.add(self.event("a")) == .overflow)
        #expect(backlog.isClosed && backlog.queuedBytes == 0 && backlog.hasRoom)
        #expect(backlog.add(self.event("a")) == .closed)
        #expect(backlog.close() == false)
    }

    @Test("tells everyone of a disconnect, once, and nobody after the answer is complete")
    func exchange() {
        let counter = Counter()
        var state = ExchangeState()
        let isLate = state.add { counter.increment() }
        #expect(!isLate)
        #expect(state.awaitsAnswer && state.hasCallbacks)
        let answers = [state.answer(), state.answer()]
        #expect(answers == [true, false] && !state.awaitsAnswer)
        for callback in state.disconnect() + state.disconnect() { callback() }
        #expect(counter.value == 1)
        let isGone = state.add {}
        #expect(isGone)
        var completed = ExchangeState()
        completed.complete()
        let isAnswered = completed.answer()
        #expect(isAnswered)
        let isEarly = completed.add {}
        completed.complete()
        let told = completed.disconnect()
        let isAfter = completed.add {}
        #expect(!isEarly && told.isEmpty && !isAfter)
    }
}
