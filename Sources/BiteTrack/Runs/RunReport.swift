import CodeSandbox
import JSON
import ModelContextProtocol
import NIOCore
import UpstreamPipeline

/// What a model is told of a run: the first text alone is enough to go on.
struct RunReport {
    var outcome: RunOutcome
    var cost: CostLine
    /// Knows the session's passwords and those written into this script.
    var redactor: Redactor
    var limits: AnswerLimits
    /// The session the run began, to be passed on; nil when the caller knows its session.
    var newHandle: String?
    /// Keeps a value that is too big to show; gives back its name, or nil when there is no room.
    var keep: (ByteBuffer) -> String? = { _ in nil }

    var result: ToolResult {
        switch self.outcome.ending {
        case .value(let value): self.success(value)
        case .failure(let failure): self.failure(failure)
        }
    }

    private func success(_ buffer: ByteBuffer) -> ToolResult {
        let bytes = Array(buffer.readableBytesView)
        var json = String(decoding: self.redactor.redacted(bytes) ?? bytes, as: UTF8.self)
        var pictures: [Picture] = []
        if Picture.mayBe(in: json), let value = try? JSONValue(parsing: json) {
            let found = Picture.taken(from: value)
            pictures = found.pictures
            if !pictures.isEmpty { json = found.value.text }
        }
        let limit = self.limits.valueBytes
        var members: JSONObject = [:]
        var lines: [String] = []
        if json.utf8.count <= limit {
            // A redaction can break a number or a name; what is left is then only text.
            let value = (try? JSONValue(parsing: json)) ?? .string(json)
            members["value"] = value
            lines.append(Self.shown(value, json: json))
        } else {
            // Only a string is shown otherwise than it came: nothing else needs to be read.
            let string = json.hasPrefix("\"") ? try? JSONValue(parsing: json) : nil
            let shown = string.map { Self.shown($0, json: json) } ?? json
            let handle = self.keep(ByteBuffer(string: json))
            // What can be opened again needs no more than a look.
            let trimmed = TrimmedText(shown, maximumBytes: handle == nil ? limit : min(limit, self.limits.previewBytes))
            members["truncated"] = true
            members["handle"] = handle.map { .string($0) }
            lines.append(trimmed.text)
            lines.append(Self.advice(shown: trimmed, handle: handle))
        }
        return self.finished(lines, members, pictures: pictures, isError: false)
    }

    private static func advice(shown: TrimmedText, handle: String?) -> String {
        let bytes = shown.text.utf8.count
        let start = "[cut: \(bytes) of \(shown.wholeBytes ?? bytes) bytes shown. "
        guard let handle else {
            return start
                + "Return less: filter, map to the fields you need, aggregate, or slice(from, to) in another run.]"
        }
        return start
            + "The whole is kept for 30 minutes: in another run, import { open } from \"./lib/results.js\"; "
            + "const value = await open(\"\(handle)\"); then filter, aggregate or slice(from, to) it.]"
    }

    /// A text of several lines is easier to read, and shorter, without quotes and escapes.
    private static func shown(_ value: JSONValue, json: String) -> String {
        if let string = value.stringValue, string.contains("\n") { return string }
        return json
    }

    private func failure(_ failure: RunFailure) -> ToolResult {
        let message = self.redactor.redacted(Self.message(failure))
        var lines = [message]
        if let line = failure.line {
            lines.append("at line \(line)" + (failure.column.map { ", column \($0)" } ?? ""))
        }
        if let source = failure.sourceLine {
            // The caret belongs under the original; a line with a secret is shown without one.
            let clean = self.redactor.redacted(source)
            lines.append(SourceExcerpt.text(line: clean, column: clean == source ? failure.column : nil))
        }
        let details = failure.details.flatMap { try? JSONValue(parsing: Array($0.readableBytesView)) }
        lines += Self.lines(of: details).map(self.redactor.redacted)
        let done = self.cost.ledger.entries.map { "\($0.route.prefix(80)) → \($0.result)" }
        if !done.isEmpty {
            let more = self.cost.ledger.asked - done.count
            lines.append("calls made: " + done.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
        }
        var error: JSONObject = ["code": .string(failure.code.rawValue), "message": .string(message)]
        error["line"] = failure.line.map { JSONValue($0) }
        error["column"] = failure.column.map { JSONValue($0) }
        return self.finished(lines.map(self.redactor.redacted), ["error": .object(error)], isError: true)
    }

    private static func message(_ failure: RunFailure) -> String {
        guard let name = failure.errorName, !failure.message.hasPrefix(name) else { return failure.message }
        return "\(name): \(failure.message)"
    }

    /// The extra members of a thrown error that help.
    private static func lines(of details: JSONValue?) -> [String] {
        var facts: [String] = []
        if let status = details?["status"]?.intValue { facts.append("status \(status)") }
        if let code = details?["code"]?.stringValue { facts.append("code \(code.prefix(60))") }
        if let seconds = details?["retryAfter"]?.doubleValue {
            facts.append("retry after \(CostLine.rounded(.seconds(min(max(seconds, 0), 1e9))))")
        }
        let hint = details?["hint"]?.stringValue.map { "hint: \($0.prefix(500))" }
        return (facts.isEmpty ? [] : [facts.joined(separator: ", ")]) + (hint.map { [$0] } ?? [])
    }

    private func finished(
        _ lines: [String], _ members: JSONObject, pictures: [Picture] = [], isError: Bool
    ) -> ToolResult {
        var members = members
        let console = self.console
        members["console"] = .array(
            console.shown.map { ["level": .string($0.level.rawValue), "text": .string($0.text)] })
        members["cost"] = self.costMembers
        var text = lines.joined(separator: "\n")
        if !console.shown.isEmpty || console.hidden > 0 {
            text += "\nconsole:"
            for line in console.shown {
                text += "\n" + (line.level == .log ? "" : "\(line.level.rawValue): ") + line.text
            }
            if console.hidden > 0 { text += "\n[\(console.hidden) more lines not shown: print less]" }
        }
        text += "\n" + self.cost.text
        if let newHandle {
            members["session"] = .string(newHandle)
            text += "\nsession: \(newHandle) (pass it as `session` in later runs to stay logged in)"
        }
        return ToolResult(
            content: [.text(text)] + pictures.map(\.content), structuredContent: .object(members), isError: isError)
    }

    /// The first lines, without secrets, as far as they fit.
    private var console: (shown: [ConsoleLine], hidden: Int) {
        var left = self.limits.consoleBytes
        var shown: [ConsoleLine] = []
        for line in self.outcome.console where left > 0 {
            let text = TrimmedText(self.redactor.redacted(line.text), maximumBytes: left)
            left -= text.text.utf8.count + 1
            shown.append(ConsoleLine(level: line.level, text: text.text + (text.wholeBytes == nil ? "" : " …")))
        }
        return (shown, self.outcome.console.count - shown.count)
    }

    private var costMembers: JSONValue {
        let (ledger, budget) = (self.cost.ledger, self.cost.budget)
        var members: JSONObject = [
            "upstreamCalls": JSONValue(ledger.upstream), "fromCache": JSONValue(ledger.cached),
            "shared": JSONValue(ledger.coalesced), "remaining": JSONValue(budget.remaining),
            "limit": JSONValue(budget.limit),
            "resetsInSeconds": JSONValue(Int((budget.resetsIn / .seconds(1)).rounded(.up))),
            "milliseconds": JSONValue(Int((self.cost.duration / .milliseconds(1)).rounded(.up))),
        ]
        // Told only where there is something to tell: every word costs the model.
        let rare = [
            ("outdated", ledger.stale), ("retries", ledger.retried),
            ("queuedMilliseconds", Int((ledger.queueWait / .milliseconds(1)).rounded(.up))),
        ]
        for (name, count) in rare where count > 0 { members[name] = JSONValue(count) }
        return .object(members)
    }
}
