import Glibc
import Logging
import Testing

@testable import Observability

struct LineLogHandlerTests {
    /// A pipe whose reading end the test keeps.
    private struct Pipe {
        let reader: Int32
        let writer: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (self.reader, self.writer) = (ends[0], ends[1])
            _ = fcntl(self.reader, F_SETFL, O_NONBLOCK)
        }

        func read() -> String {
            var bytes = [UInt8](repeating: 0, count: 65536)
            let count = Glibc.read(self.reader, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }

        func close() {
            Glibc.close(self.reader)
            Glibc.close(self.writer)
        }
    }

    @Test("a logger's lines reach the descriptor, from its level on, with merged metadata")
    func lines() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let sink = LineSink(descriptor: pipe.writer)
        var logger = Logger(label: "test") { label in
            LineLogHandler(label: label, level: .notice, format: .text, sink: sink, now: { "T" })
        }
        logger[metadataKey: LogKey.phase] = "run"
        #expect(logger[metadataKey: LogKey.phase] == "run")
        logger.info("too quiet")
        logger.notice("heard", metadata: [LogKey.count: "3"])
        #expect(pipe.read() == "T notice test: heard count=3 phase=run\n")
        #expect(sink.droppedLines == 0)
    }

    @Test("a reader that does not read costs lines, not time")
    func stuckReader() throws {
        let pipe = try Pipe()
        defer { pipe.close() }
        let sink = LineSink(descriptor: pipe.writer, patience: .zero)
        let line = Array(String(repeating: "x", count: 1023).utf8) + [0x0A]
        for _ in 0..<100 { sink.write(line) }
        #expect(sink.droppedLines > 0)
        #expect(sink.droppedLines < 100)
    }

    @Test("a closed reader is no reason to die")
    func closedReader() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try Pipe()
        Glibc.close(pipe.reader)
        defer { Glibc.close(pipe.writer) }
        let sink = LineSink(descriptor: pipe.writer, patience: .zero)
        sink.write([0x0A])
        #expect(sink.droppedLines == 1)
    }

    @Test(
        "instants are printed in UTC with milliseconds",
        arguments: [
            (1_736_942_400, "2025-01-15T12:00:00.007Z"), (0, "1970-01-01T00:00:00.007Z"),
            (-1, "1969-12-31T23:59:59.007Z"), (1_709_164_800, "2024-02-29T00:00:00.007Z"),
            (1_735_689_599, "2024-12-31T23:59:59.007Z"), (4_107_542_399, "2100-02-28T23:59:59.007Z"),
            (4_107_542_400, "2100-03-01T00:00:00.007Z"),
        ])
    func clock(seconds: Int, text: String) {
        #expect(WallClock.text(seconds: seconds, milliseconds: 7) == text)
    }

    @Test("now is after this was written")
    func now() {
        #expect(WallClock.text() > "2025")
        #expect(WallClock.text(seconds: WallClock.seconds()) > "2025")
    }
}
