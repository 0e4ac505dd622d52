import CQuickJS

extension ScriptRun {
    /// A script that cannot be parsed, or imports what is not there.
    func failureOfCompiling(in engine: Engine) -> RunFailure {
        let error = engine.takeException()
        var failure = self.failureOfThrown(error, in: engine)
        if failure.code == .exception, failure.errorName == "SyntaxError" { failure.code = .syntaxError }
        return failure
    }

    /// What an uncaught exception says to whoever wrote the script.
    func failureOfThrown(_ error: Value, in engine: Engine) -> RunFailure {
        if let stopped = self.stopped { return stopped }
        // The words about a script that used up its memory need some.
        unsafe JS_SetMemoryLimit(engine.runtime, Int(self.limits.memoryBytes) + Self.reserveBytes)
        defer { unsafe JS_SetMemoryLimit(engine.runtime, Int(self.limits.memoryBytes)) }
        let parts = engine.call(engine.describe, [error])
        guard !parts.isException else {
            let inner = engine.takeException()
            return self.stopped
                ?? RunFailure(.exception, "the script threw: \(inner.text ?? "something without a text")")
        }
        let name = parts[0].stringText ?? ""
        let message = parts[1].stringText ?? ""
        let stack = parts[2].stringText ?? ""
        var failure = RunFailure(.exception, message)
        failure.errorName = name
        failure.position = SourcePosition(stack: stack)
        failure.details = parts[3].stringText ?? ""
        switch (name, message) {
        case ("InternalError", "out of memory"):
            failure.code = .memoryLimit
            failure.position = failure.position ?? self.lastPosition
            failure.message =
                "The script used the \(self.limits.memoryText) of memory it may use. Filter and add up while you read, "
                + "and keep only what the result needs."
        case ("RangeError", "Maximum call stack size exceeded"):
            failure.code = .stackLimit
            failure.message =
                "The script called functions too deeply (\(Engine.stackBytes >> 10) KB of stack). Look for a recursion "
                + "that does not end, or use a loop."
        case ("APIError", _) where failure.details.contains(#""code":"hostCallLimit""#): failure.code = .hostCallLimit
        case ("SyntaxError", _) where failure.position == nil: failure.message += self.place(of: stack)
        default: break
        }
        if failure.position == nil, let failed = engine.failedImport, failed.base == SourcePosition.scriptName {
            failure.position = SourcePosition(ofLiteral: failed.specifier, in: self.source)
        }
        return failure
    }

    private static let reserveBytes = 4 * 1024 * 1024

    /// Where in another file than the script an error lies.
    private func place(of stack: String) -> String {
        guard let first = stack.split(separator: "\n").first else { return "" }
        let text = first.drop { $0 == " " }
        return text.hasPrefix("at ") ? " (\(text.dropFirst(3)))" : ""
    }

    func sourceLine(at position: SourcePosition) -> String {
        let lines = self.source.split(separator: "\n", omittingEmptySubsequences: false)
        guard position.line >= 1, position.line <= lines.count else { return "" }
        let line = lines[position.line - 1]
        guard line.utf8.count > 300 else { return String(line) }
        let start = max(0, position.column - 100)
        return "…" + line.dropFirst(start).prefix(200) + "…"
    }
}
