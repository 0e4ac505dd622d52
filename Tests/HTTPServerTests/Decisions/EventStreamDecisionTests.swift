import NIOCore
import NIOHTTP1
import Streaming
import Testing

@testable import HTTPServer

struct EventStreamDecisionTests {
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

    @Test("ends a stream whose client leaves too much unread, and tells so once")
    func overflow() {
        let stream = EventStream(limitBytes: 20)
        let ends = Counter()
        stream.onClose { ends.increment() }
        #expect(stream.send(self.event("a")) && stream.send(self.event("a")))
        // What counts is what is unread, not how large the next event is.
        #expect(stream.send(self.event(String(repeating: "a", count: 100))))
        #expect(!stream.send(self.event("a")) && !stream.send(self.event("a")))
        #expect(stream.pipe.read() == .failed(.cutOff))
        stream.pipe.close()
        #expect(ends.value == 1)
    }

    @Test("ends after what was sent, and takes nothing more")
    func finishing() {
        let stream = EventStream(limitBytes: 100)
        stream.send(self.event("a"))
        stream.finish()
        #expect(!stream.send(self.event("b")))
        #expect(stream.pipe.read() == .bytes(ByteBuffer(string: "data: a\n\n")))
        #expect(stream.pipe.read() == .end(trailers: [:]))
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
