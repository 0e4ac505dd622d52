import CQuickJS

/// One script from its source text to its value, with what it may still use.
@safe
final class ScriptRun {
    let source: String
    let limits: RunLimits
    private let started = Clock.now()
    private let timeoutMilliseconds: Int64
    private(set) var channel: Channel

    /// Why the script must not go on, once that is decided; no JavaScript runs after this is set.
    private(set) var stopped: RunFailure?
    var timers = TimerQueue<Value>()
    /// Promises that were rejected and that nobody has handled so far.
    var unhandled: [Rejection] = []
    /// Where an exception left the top level of the script.
    private var topLevelBacktrace: String?

    struct Rejection {
        let promise: Value
        let reason: Value
        let backtrace: String?
    }

    private var hostCallsMade: UInt32 = 0
    private var pendingCalls: [UInt32: PendingCall] = [:]
    /// Calls that wait until fewer are in flight.
    private var waitingCalls: [(id: UInt32, body: [UInt8])] = []
    private var outputUsed: UInt64 = 0
    private var linesPrinted = 0
    private static let maximumLines = 10_000
    private var lastSampled: Int64 = 0
    private(set) var lastPosition: SourcePosition?

    private struct PendingCall {
        let resolve: Value
        let reject: Value
        /// Where in the script it was made: a text that is read only when the call fails.
        let stack: Value
    }

    init(source: String, timeoutMilliseconds: UInt32, limits: RunLimits, channel: Channel) {
        self.source = source
        self.timeoutMilliseconds = Int64(timeoutMilliseconds)
        self.limits = limits
        self.channel = channel
    }

    /// The clock drops fractions, so that a start may have been almost a millisecond later than it says.
    private var deadline: Int64 { self.started + self.timeoutMilliseconds + 1 }

    /// Milliseconds since the script started.
    var elapsed: Int64 { Clock.now() - self.started }

    // MARK: From start to end

    /// Runs the script and sends its value or its failure.
    ///
    /// - Throws: when the host is gone.
    func perform(in engine: Engine) throws(Channel.Lost) {
        let ending = self.ending(in: engine)
        switch ending {
        case .success(let json): try self.channel.send(.result, json.utf8)
        case .failure(var failure):
            if let position = failure.position { failure.sourceLine = self.sourceLine(at: position) }
            try self.channel.send(.failure, failure.body)
        }
        try self.channel.flush()
    }

    private func ending(in engine: Engine) -> Result<String, RunFailure> {
        do throws(RunFailure) {
            let json = try self.value(in: engine)
            guard self.outputUsed + UInt64(json.utf8.count) <= self.limits.outputBytes else {
                throw self.outputFailure(adding: json.utf8.count, what: "its result has")
            }
            return .success(json)
        } catch {
            return .failure(self.stopped ?? error)
        }
    }

    private func value(in engine: Engine) throws(RunFailure) -> String {
        let compiled = engine.evaluate(
            self.source, named: SourcePosition.scriptName,
            flags: JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY | JS_EVAL_FLAG_COMPLETION)
        guard !compiled.isException else { throw self.failureOfCompiling(in: engine) }
        let module = unsafe cqjs_module(compiled.raw)
        // Running a module uses up one reference to it.
        let main = unsafe engine.own(JS_EvalFunction(engine.context, JS_DupValue(engine.context, compiled.raw)))
        guard !main.isException else {
            let error = engine.takeException()
            self.unwound(by: error)
            throw self.failureOfThrown(error, backtrace: engine.takeBacktrace(), in: engine)
        }
        self.jobEnded(in: engine)
        try self.settle(main, in: engine)
        if main.isPromise, unsafe JS_PromiseState(engine.context, main.raw) == JS_PROMISE_REJECTED {
            throw self.failureOfThrown(
                unsafe engine.own(JS_PromiseResult(engine.context, main.raw)),
                backtrace: self.topLevelBacktrace, in: engine)
        }
        var value = unsafe self.moduleValue(module, in: engine)
        if value.isPromise {
            let promise = value
            try self.settle(promise, in: engine)
            let isRejected = unsafe JS_PromiseState(engine.context, promise.raw) == JS_PROMISE_REJECTED
            value = unsafe engine.own(JS_PromiseResult(engine.context, promise.raw))
            if isRejected { throw self.failureOfThrown(value, backtrace: self.backtrace(of: promise), in: engine) }
        }
        // What the script started without waiting for it may still change the value, or fail.
        try self.drain(in: engine)
        if let lost = self.unhandled.first(where: { $0.promise.identity != main.identity }) {
            var failure = self.failureOfThrown(lost.reason, backtrace: lost.backtrace, in: engine)
            failure.message += " (nothing awaited or caught this rejected promise)"
            throw failure
        }
        return try self.serialized(value, in: engine)
    }

    /// `export default` when there is one, else the value of the last expression statement.
    private func moduleValue(_ module: OpaquePointer?, in engine: Engine) -> Value {
        let exports = unsafe engine.own(JS_GetModuleNamespace(engine.context, module))
        let name = unsafe JS_NewAtom(engine.context, "default")
        defer { unsafe JS_FreeAtom(engine.context, name) }
        if unsafe JS_HasProperty(engine.context, exports.raw, name) == 1 { return exports["default"] }
        return unsafe engine.own(JS_GetImportMeta(engine.context, module))["value"]
    }

    private func serialized(_ value: Value, in engine: Engine) throws(RunFailure) -> String {
        let result = engine.call(engine.serialize, [value])
        if let failure = self.stopped { throw failure }
        guard !result.isException else {
            throw self.failureOfThrown(engine.takeException(), backtrace: engine.takeBacktrace(), in: engine)
        }
        if let json = result.stringText { return json }
        var failure = RunFailure(
            .unserializableResult, result[0].stringText ?? "the result cannot be carried by JSON.")
        failure.position = result[1].stringText.flatMap(SourcePosition.init(stack:))
        throw failure
    }

    // MARK: Waiting

    /// Runs jobs, replies and timers until `promise` is settled.
    private func settle(_ promise: Value, in engine: Engine) throws(RunFailure) {
        while true {
            engine.runJobs()
            if let failure = self.stopped { throw failure }
            guard promise.isPromise, unsafe JS_PromiseState(engine.context, promise.raw) == JS_PROMISE_PENDING else {
                return
            }
            guard self.hasWork else {
                if let lost = self.unhandled.first {
                    throw self.failureOfThrown(lost.reason, backtrace: lost.backtrace, in: engine)
                }
                throw RunFailure(
                    .exception,
                    "The script waits for something that will never happen: a top-level `await` is not settled, "
                        + "and no API call or timer is left that could settle it. Check that every promise you made "
                        + "calls its resolve or reject.")
            }
            try self.waitOnce(in: engine)
        }
    }

    private func drain(in engine: Engine) throws(RunFailure) {
        while true {
            engine.runJobs()
            if let failure = self.stopped { throw failure }
            guard self.hasWork else { return }
            try self.waitOnce(in: engine)
        }
    }

    private func backtrace(of promise: Value) -> String? {
        self.unhandled.first { $0.promise.identity == promise.identity }?.backtrace
    }

    /// Notes a promise that was rejected and has nobody to handle that so far.
    func rejected(_ promise: Value, _ reason: Value, backtrace: String?) {
        self.unhandled.append(Rejection(promise: promise, reason: reason, backtrace: backtrace))
        if let backtrace { self.note(backtrace) }
    }

    /// Looks where an exception went that nothing in this job caught.
    func jobEnded(in engine: Engine) {
        if let backtrace = engine.takeBacktrace() { self.note(backtrace) }
    }

    /// Keeps a backtrace whose outermost frame is the top level of the script.
    ///
    /// What is thrown there ends the script, so that the last one kept is it. A callback without a name looks the
    /// same, but the exception of the top level then replaces it.
    private func note(_ backtrace: String) {
        let outermost = backtrace.split(separator: "\n").last ?? ""
        if outermost.contains("<anonymous> (\(SourcePosition.scriptName):") { self.topLevelBacktrace = backtrace }
    }

    private var hasWork: Bool { !self.pendingCalls.isEmpty || !self.timers.isEmpty }

    /// Waits for a reply, a timer or the deadline, and handles what came.
    private func waitOnce(in engine: Engine) throws(RunFailure) {
        let now = Clock.now()
        let wake = min(self.deadline, self.timers.nextDue ?? self.deadline)
        var ready = false
        var frame: Frame?
        do throws(Channel.Lost) {
            try self.channel.flush()
            ready = try self.channel.waitForInput(milliseconds: Int32(clamping: max(0, wake - now)))
            if ready { frame = try self.channel.receiveReply() }
        } catch {
            throw RunFailure(.guestLost, "the host is gone")
        }
        if ready {
            guard let frame else { throw RunFailure(.guestLost, "the host is gone") }
            try self.replied(frame, in: engine)
        }
        if Clock.now() >= self.deadline {
            let waitingFor = self.pendingCalls.isEmpty ? "a timer" : "\(self.pendingCalls.count) API call(s)"
            throw self.timeoutFailure(", at the end waiting for \(waitingFor)", position: nil)
        }
        while let callback = self.timers.popDue(now: Clock.now()) {
            let result = engine.call(callback, [])
            if result.isException, self.stopped == nil {
                throw self.failureOfThrown(engine.takeException(), backtrace: engine.takeBacktrace(), in: engine)
            }
            engine.runJobs()
            if let failure = self.stopped { throw failure }
        }
    }

    // MARK: Host calls

    /// Sends a call to the host; the promise it returns is settled by the reply.
    ///
    /// - Parameter message: the body of a call frame, of which the last `argumentBytes` are the arguments.
    func callHost(_ message: [UInt8], argumentBytes: Int, stack: Value, in engine: Engine) -> Value {
        var functions = unsafe [cqjs_undefined(), cqjs_undefined()]
        let promise = unsafe engine.own(JS_NewPromiseCapability(engine.context, &functions))
        let call = unsafe PendingCall(
            resolve: engine.own(functions[0]), reject: engine.own(functions[1]), stack: stack)
        guard self.hostCallsMade < self.limits.hostCalls else {
            self.refuse(
                call, "hostCallLimit",
                "This run has made all of its \(self.limits.hostCalls) API calls; \(self.limits.hostCalls) are allowed. "
                    + "Fetch more per call (larger pages, a date range), or continue in another run.", in: engine)
            return promise
        }
        guard argumentBytes <= Self.maximumArgumentBytes else {
            self.refuse(
                call, "argumentsTooLarge",
                "The arguments of this call have \(argumentBytes) bytes; \(Self.maximumArgumentBytes) are allowed. "
                    + "Send less, or in several calls.", in: engine)
            return promise
        }
        self.hostCallsMade += 1
        let id = self.hostCallsMade
        if self.pendingCalls.count - self.waitingCalls.count < Int(self.limits.hostCallsInFlight) {
            self.sendCall(id, message)
        } else {
            self.waitingCalls.append((id, message))
        }
        self.pendingCalls[id] = call
        return promise
    }

    private static let maximumArgumentBytes = 1 << 20

    private func sendCall(_ id: UInt32, _ body: [UInt8]) {
        do throws(Channel.Lost) {
            try self.channel.send(.call, id: id, body)
        } catch {
            self.stopped = RunFailure(.guestLost, "the host is gone")
        }
    }

    private func replied(_ frame: Frame, in engine: Engine) throws(RunFailure) {
        var frame = frame
        guard let call = self.pendingCalls.removeValue(forKey: frame.id) else {
            throw RunFailure(.guestLost, "the host answered a call that was not made")
        }
        if !self.waitingCalls.isEmpty {
            let next = self.waitingCalls.removeFirst()
            self.sendCall(next.id, next.body)
        }
        var text = frame.body
        frame.body = []
        guard frame.type == .replyValue else { return self.reject(call, json: &text, in: engine) }
        let value = engine.parse(&text)
        if value.isException {
            let error = engine.takeException()
            _ = engine.call(call.reject, [error])
        } else {
            _ = engine.call(call.resolve, [value])
        }
    }

    private func refuse(_ call: PendingCall, _ code: String, _ message: String, in engine: Engine) {
        var text = Array(#"{"code":"\#(code)","message":"\#(message)"}"#.utf8)
        self.reject(call, json: &text, in: engine)
    }

    private func reject(_ call: PendingCall, json: inout [UInt8], in engine: Engine) {
        let fields = engine.parse(&json)
        let error =
            fields.isException
            ? engine.takeException() : engine.call(engine.makeAPIError, [fields, call.stack])
        _ = engine.call(call.reject, [error.isException ? engine.takeException() : error])
    }

    // MARK: Limits

    /// A console line; stops the run when there has been too much output.
    func printed(level: UInt8, _ text: String, in engine: Engine) {
        guard self.stopped == nil else { return }
        let cost = UInt64(text.utf8.count) + 1
        guard self.outputUsed + cost <= self.limits.outputBytes, self.linesPrinted < Self.maximumLines else {
            var failure = self.outputFailure(adding: text.utf8.count, what: "its next line has")
            failure.position = engine.currentPosition()
            self.stopped = failure
            return
        }
        self.outputUsed += cost
        self.linesPrinted += 1
        do throws(Channel.Lost) {
            try self.channel.send(.console, [level] + text.utf8)
        } catch {
            self.stopped = RunFailure(.guestLost, "the host is gone")
        }
    }

    private func outputFailure(adding count: Int, what: String) -> RunFailure {
        RunFailure(
            limit: .outputLimit,
            used: "The script had output \(self.outputUsed) bytes in \(self.linesPrinted) console lines, and "
                + "\(what) \(count) bytes more",
            "\(self.limits.outputText) in \(Self.maximumLines) console lines and a result are allowed. "
                + "Print and return summaries, not rows.")
    }

    /// Asked by the engine every few thousand steps.
    func shouldStop(in engine: Engine) -> Bool {
        if self.stopped != nil { return true }
        let now = Clock.now()
        if now >= self.deadline {
            self.stopped = self.timeoutFailure("", position: engine.currentPosition() ?? self.lastPosition)
            return true
        }
        if now - self.lastSampled >= 20 {
            // For the limit that leaves no memory to say where: a place that is at most a moment old.
            self.lastSampled = now
            self.lastPosition = engine.currentPosition() ?? self.lastPosition
            if self.channel.hasUnsent { do { try self.channel.flush() } catch { return true } }
        }
        return false
    }

    /// The exception that carried a stop out of the script; it knows the place better than the moment of stopping did.
    func unwound(by error: Value) {
        guard self.stopped != nil, error.isError, let stack = error["stack"].stringText else { return }
        guard let position = SourcePosition(stack: stack) else { return }
        self.stopped?.position = position
    }

    private func timeoutFailure(_ detail: String, position: SourcePosition?) -> RunFailure {
        RunFailure(
            limit: .timeout, used: "The script ran for \(Self.secondsText(self.elapsed))\(detail)",
            "\(Self.secondsText(self.timeoutMilliseconds)) are allowed. Look for an endless loop, ask for less data, or "
                + "split the work into several runs.",
            position: position)
    }

    static func secondsText(_ milliseconds: Int64) -> String {
        guard milliseconds % 1000 != 0 else { return "\(milliseconds / 1000) s" }
        return milliseconds < 1000 ? "\(milliseconds) ms" : "\(Double(milliseconds) / 1000) s"
    }
}
