import CodeSandbox
import JSON
import ModelContextProtocol
import NIOCore
import Testing
import UpstreamPipeline

@testable import BiteTrack

struct RunReportTests {
    private func report(
        _ ending: RunOutcome.Ending, console: [ConsoleLine] = [], ledger: RunLedger = RunLedger(),
        passwords: [String] = [], limits: AnswerLimits = AnswerLimits()
    ) -> ToolResult {
        let cost = CostLine(
            ledger: ledger, budget: Budget(limit: 100, remaining: 100, resetsIn: .zero), duration: .milliseconds(3))
        return RunReport(
            outcome: RunOutcome(ending: ending, console: console), cost: cost,
            redactor: passwords.reduce(into: Redactor()) { $0.add($1) }, limits: limits
        ).result
    }

    private func value(_ json: String) -> RunOutcome.Ending { .value(ByteBuffer(string: json)) }

    private func text(_ result: ToolResult) -> String {
        guard result.content.count == 1, case .text(let text) = result.content[0] else { return "" }
        return text
    }

    @Test("value, console and cost follow each other")
    func success() {
        let console = [ConsoleLine(level: .log, text: "Found 7"), ConsoleLine(level: .warn, text: "odd")]
        let result = self.report(self.value("12.5"), console: console)
        #expect(self.text(result) == "12.5\nconsole:\nFound 7\nwarn: odd\ncost: no upstream calls · 3 ms")
        #expect(!result.isError)
        #expect(
            result.structuredContent?.text == #"{"value":12.5,"console":[{"level":"log","text":"Found 7"},"#
                + #"{"level":"warn","text":"odd"}],"cost":{"upstreamCalls":0,"fromCache":0,"shared":0,"#
                + #""remaining":100,"limit":100,"resetsInSeconds":0,"milliseconds":3}}"#)
    }

    @Test("outdated answers, repeats and waiting are told where there were any")
    func trouble() {
        var ledger = RunLedger()
        var reply = PipelineReply(
            status: 200, contentType: nil, body: ByteBuffer(), source: .stale(age: .seconds(90)), exchanges: 2)
        (reply.retries, reply.queueWait) = (1, .milliseconds(1500))
        ledger.record("GET /sales", reply)
        let result = self.report(self.value("1"), ledger: ledger)
        #expect(
            self.text(result)
                == "1\ncost: 2 upstream calls, 1 from cache (1 outdated) · 100 of 100 left · waited 2 s for its turn · 3 ms"
        )
        let cost = result.structuredContent?["cost"]
        #expect(cost?["outdated"] == 1 && cost?["retries"] == 1 && cost?["queuedMilliseconds"] == 1500)
        #expect(ledger.entries.first?.result == "200 from cache, 90 s old")
    }

    @Test(
        "texts of several lines are shown as they are, others as JSON",
        arguments: [
            (#""a\nb""#, "a\nb"), (#""a""#, #""a""#), (#"{"a":"b\nc"}"#, #"{"a":"b\nc"}"#), ("null", "null"),
        ])
    func strings(json: String, shown: String) {
        #expect(self.text(self.report(self.value(json))) == shown + "\ncost: no upstream calls · 3 ms")
    }

    @Test("a big value is cut, with advice")
    func bigValue() {
        var limits = AnswerLimits()
        limits.valueBytes = 100
        let json = "[" + Array(repeating: "123456789", count: 50).joined(separator: ",") + "]"
        let result = self.report(self.value(json), limits: limits)
        let lines = self.text(result).split(separator: "\n")
        #expect(lines[0].utf8.count == 100)
        #expect(lines[1].hasPrefix("[cut: 100 of \(json.utf8.count) bytes shown. Return less"))
        #expect(result.structuredContent?["value"] == nil)
        #expect(result.structuredContent?["truncated"] == true)
    }

    @Test("a long console is cut, with a count")
    func bigConsole() {
        var limits = AnswerLimits()
        limits.consoleBytes = 50
        let console = (0..<30).map { _ in ConsoleLine(level: .log, text: "twenty characters ..") }
        let text = self.text(self.report(self.value("1"), console: console, limits: limits))
        #expect(text.contains("[27 more lines not shown: print less]"))
        #expect(text.utf8.count < 200)
    }

    private func failure(_ change: (inout RunFailure) -> Void = { _ in }) -> RunFailure {
        var failure = RunFailure(.exception, "x is not a function")
        failure.errorName = "TypeError"
        failure.line = 3
        failure.column = 5
        failure.sourceLine = "let x(1);"
        change(&failure)
        return failure
    }

    @Test("a failure says what, where, what to do, what had happened and what it cost")
    func failing() {
        var ledger = RunLedger()
        ledger.record(
            "GET /sales",
            PipelineReply(status: 200, contentType: nil, body: .init(), source: .cache(age: .seconds(1))))
        var notFound = PipelineError(.notFound, origin: .caller, status: 404, message: "m")
        notFound.exchanges = 1
        ledger.record("GET /sales/{id}", notFound)
        let failure = self.failure {
            $0.details = ByteBuffer(
                string: #"{"status":404,"code":"notFound","retryAfter":12,"hint":"Look again.","other":[1]}"#)
        }
        let result = self.report(
            .failure(failure), console: [ConsoleLine(level: .log, text: "before")], ledger: ledger)
        #expect(result.isError)
        #expect(
            self.text(result) == """
                TypeError: x is not a function
                at line 3, column 5
                  let x(1);
                      ^
                status 404, code notFound, retry after 12 s
                hint: Look again.
                calls made: GET /sales → 200 from cache, GET /sales/{id} → 404
                console:
                before
                cost: 1 upstream call, 1 from cache · 100 of 100 left · 3 ms
                """)
        #expect(result.structuredContent?["error"]?["line"] == 3)
        #expect(result.structuredContent?["error"]?["code"] == "exception")
    }

    @Test("a failure without a place is one line and the cost")
    func bareFailure() {
        let failure = RunFailure(.timeout, "The script ran longer than 10 s.")
        #expect(
            self.text(self.report(.failure(failure)))
                == "The script ran longer than 10 s.\ncost: no upstream calls · 3 ms")
    }

    @Test(
        "hostile details cannot break the report",
        arguments: [
            "", "[]", "null", "{", #"{"retryAfter":-1e300}"#, #"{"retryAfter":1e300,"status":"x","hint":{}}"#,
        ])
    func hostileDetails(json: String) {
        let failure = self.failure { $0.details = ByteBuffer(string: json) }
        #expect(self.text(self.report(.failure(failure))).hasPrefix("TypeError"))
    }

    @Test("no secret leaves by value, console, message, source line, hint or structure")
    func secrets() {
        let secret = "hunter22"
        let token = "eyJhbGciOi.eyJpZCI6Ij.c2ln"
        let console = [ConsoleLine(level: .log, text: "p \(secret) t \(token)")]
        let failure = self.failure {
            $0.message = "bad \(secret)"
            $0.sourceLine = "login({ password: '\(secret)' ;"
            $0.details = ByteBuffer(string: #"{"hint":"use hunter22 or \#(token)","code":"hunter22"}"#)
        }
        for ending in [self.value(#"{"p":"hunter22","t":"\#(token)"}"#), self.value("hunter22"), .failure(failure)] {
            let result = self.report(ending, console: console, passwords: [secret])
            let everything = self.text(result) + (result.structuredContent?.text ?? "")
            #expect(!everything.contains(secret) && !everything.contains("eyJ"))
            #expect(everything.contains("[redacted]"))
        }
    }
}
