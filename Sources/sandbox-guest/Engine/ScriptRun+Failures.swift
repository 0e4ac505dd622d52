import CQuickJS

extension ScriptRun {
    /// A script that cannot be parsed, or imports what is not there.
    func failureOfCompiling(in engine: Engine) -> RunFailure {
        self.failureOfThrown(engine.takeException(), backtrace: engine.takeBacktrace(), isCompiling: true, in: engine)
    }

    /// What an uncaught exception says to whoever wrote the script.
    ///
    /// - Parameter backtrace: where the exception left the script, for values that do not know it themselves.
    func failureOfThrown(
        _ error: Value, backtrace: String?, isCompiling: Bool = false, in engine: Engine
    ) -> RunFailure {
        if let stopped = self.stopped { return stopped }
        // The words about a script that used up its memory need some.
        let met = engine.metHeapLimit
        engine.limitHeap(to: self.limits.memoryBytes + Self.reserveBytes)
        defer { engine.limitHeap(to: self.limits.memoryBytes) }
        let parts = engine.call(engine.describe, [error])
        guard !parts.isException else {
            let inner = engine.takeException()
            var failure = RunFailure(.exception, "the script threw: \(inner.text ?? "something without a text")")
            failure.position = backtrace.flatMap(SourcePosition.init(stack:))
            return self.stopped ?? failure
        }
        let stack = parts[2].stringText ?? ""
        var failure = RunFailure(.exception, parts[1].stringText ?? "")
        failure.errorName = parts[0].stringText ?? ""
        failure.position = SourcePosition(stack: stack) ?? backtrace.flatMap(SourcePosition.init(stack:))
        failure.details = parts[3].stringText ?? ""
        self.explain(&failure, isCompiling: isCompiling, met: met, in: engine)
        if failure.code == .exception || failure.code == .syntaxError {
            let place = ModulePlace(stack: stack)
            if failure.position == nil {
                failure.position = self.importPosition(of: failure, madeIn: place?.path, in: engine)
            }
            if failure.errorName != "APIError", let place { failure.message += " (at \(place.text))" }
        }
        return failure
    }

    /// Tells the limits of the engine, which it throws as errors, from errors of the script.
    private func explain(
        _ failure: inout RunFailure, isCompiling: Bool, met: (used: UInt64, asked: UInt64), in engine: Engine
    ) {
        switch (failure.errorName, failure.message) {
        case ("InternalError", "out of memory"):
            let position = failure.position ?? self.lastPosition
            failure = self.memoryFailure(used: met.used, asked: met.asked, position: position)
        case ("RangeError", "Maximum call stack size exceeded"):
            failure = RunFailure(
                limit: .stackLimit, used: "The script used more than \(Engine.stackBytes >> 10) KB of stack",
                "\(Engine.stackBytes >> 10) KB are allowed. Look for a recursion that does not end, or use a loop.",
                position: failure.position)
        case ("APIError", _) where failure.details.contains(#""code":"hostCallLimit""#): failure.code = .hostCallLimit
        case ("SyntaxError", let message) where isCompiling || message.contains(Self.missingExport):
            failure.code = .syntaxError
            self.pointOutTypeScript(&failure)
            self.explainMissingExport(&failure, in: engine)
        default: break
        }
    }

    private func memoryFailure(used: UInt64, asked: UInt64, position: SourcePosition?) -> RunFailure {
        // A small piece that was refused only tells that nothing was left.
        let isLarge = asked > self.limits.memoryBytes / 16
        let what =
            isLarge
            ? "The script used \(RunLimits.text(bytes: used)) of memory and asked for \(RunLimits.text(bytes: asked)) more"
            : "The script used \(self.limits.memoryText) of memory"
        return RunFailure(
            limit: .memoryLimit, used: what,
            "\(self.limits.memoryText) are allowed. Filter before you collect: add up while you read, and keep only what "
                + "the result needs.",
            position: position)
    }

    private static let reserveBytes: UInt64 = 4 * 1024 * 1024

    func sourceLine(at position: SourcePosition) -> String {
        let lines = self.source.split(separator: "\n", omittingEmptySubsequences: false)
        guard position.line >= 1, position.line <= lines.count else { return "" }
        let line = lines[position.line - 1]
        guard line.utf8.count > 300 else { return String(line) }
        let start = max(0, position.column - 100)
        return "…" + line.dropFirst(start).prefix(200) + "…"
    }
}

/// Where in a module of the tree an error was made.
struct ModulePlace: Equatable {
    var text: String
    var path: Substring { self.text.prefix { $0 != ":" } }

    /// The topmost frame with source text, unless it is the script's own or the prelude's.
    init?(stack: String) {
        for line in stack.split(separator: "\n") {
            let place = line.split(separator: " ").last.map { $0.drop { $0 == "(" }.prefix { $0 != ")" } } ?? ""
            guard place.contains(":"), place.last?.isNumber == true else { continue }
            guard !place.hasPrefix(SourcePosition.scriptName + ":"), !place.hasPrefix("sandbox:") else { return nil }
            self.text = String(place)
            return
        }
        return nil
    }
}
