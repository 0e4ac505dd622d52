import CodeSandbox
import NIOCore
import Testing

struct GuestMessageTests {
    @Test(
        "what a guest may not send is a violation",
        arguments: [
            Frame(.start), Frame(.replyValue), Frame(.replyError), Frame(.configure), Frame(.fork), Frame(.kill),
            Frame(.ready),
            Frame(.forked), Frame(.exited), Frame(.refused), Frame(.unusable),
            Frame(.console), Frame(.console, body: ByteBuffer(bytes: [5, 65])),
            Frame(.call), Frame(.call, body: ByteBuffer(bytes: [0])), Frame(.call, body: ByteBuffer(bytes: [9, 65])),
            Frame(.call, body: ByteBuffer(bytes: [1, 0xFF])),
            Frame(
                .call, body: ByteBuffer(bytes: [1, 65] + [UInt8](repeating: 32, count: RunLimits.argumentBytes + 1))),
            Frame(.result), Frame(.result, body: ByteBuffer(string: "{")),
            Frame(.result, body: ByteBuffer(string: "1 2")),
            Frame(.result, body: ByteBuffer(string: "\"a\nb\"")),
            Frame(.result, body: ByteBuffer(bytes: [34, 0xFF, 34])),
            Frame(.result, body: ByteBuffer(string: String(repeating: "[", count: 100_000))),
            Frame(.failure), Frame(.failure, body: ByteBuffer(bytes: [UInt8](repeating: 0, count: 25))),
            Frame(.failure, body: ByteBuffer(bytes: [2] + [UInt8](repeating: 0, count: 25))),
            Frame(.failure, body: ByteBuffer(bytes: [2] + [UInt8](repeating: 0, count: 20) + [0, 0, 0, 2, 65])),
            Frame(.failure, body: ByteBuffer(bytes: [2] + [UInt8](repeating: 0, count: 20) + [0, 0, 0, 1, 65])),
        ])
    func violations(frame: Frame) {
        #expect(throws: ChannelViolation.self) { try GuestMessage(frame) }
    }

    @Test func aConsoleLineIsTextWhateverItsBytesAre() throws {
        let message = try GuestMessage(Frame(.console, body: ByteBuffer(bytes: [3, 65, 0xFF, 66])))
        guard case .console(let line) = message else {
            Issue.record("not a console line")
            return
        }
        #expect(line == ConsoleLine(level: .warn, text: "A\u{FFFD}B"))
    }

    @Test func aFailureCarriesEverythingThatIsKnown() throws {
        var body = ByteBuffer(bytes: [2, 0, 0, 0, 3, 0, 0, 0, 9])
        for text in ["message", "TypeError", "source", "{\"status\":1}"] {
            body.writeInteger(UInt32(text.utf8.count))
            body.writeString(text)
        }
        guard case .failure(let failure) = try GuestMessage(Frame(.failure, body: body)) else {
            Issue.record("not a failure")
            return
        }
        #expect(failure.code == .exception)
        #expect((failure.message, failure.errorName, failure.sourceLine) == ("message", "TypeError", "source"))
        #expect((failure.line, failure.column) == (3, 9))
        #expect(failure.details == ByteBuffer(string: "{\"status\":1}"))
    }
}
