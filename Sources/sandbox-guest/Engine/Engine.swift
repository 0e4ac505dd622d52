import CQuickJS
import Glibc

/// One QuickJS runtime with the prelude in it.
///
/// Made once in the zygote and used up by the one run of each forked child, so nothing in it is ever reset or freed.
@safe
final class Engine {
    let runtime: OpaquePointer
    let context: OpaquePointer
    private let heap: UnsafeMutablePointer<cqjs_heap>
    let files: FileTree
    private(set) var describe: Value!
    private(set) var serialize: Value!
    private(set) var makeAPIError: Value!
    /// The own string keys of an object, one a line.
    private(set) var namesOf: Value!
    private var errorConstructor: Value!

    // What the callbacks of QuickJS need while a run is on.
    var run: ScriptRun?
    /// What the script itself imported so far, by specifier and, when there is such a module, its path.
    var scriptImports: [(specifier: String, path: String?)] = []

    // What the loading of modules needs.
    var broken = BrokenModules()
    /// Modules that QuickJS has, or that are being compiled.
    var compiled: Set<String> = []
    /// While a file is parsed only to see what it imports.
    var examination: ModuleExamination?

    /// Native stack a script may use; the process has four times as much.
    static let stackBytes = 1024 * 1024

    /// - Throws: the failure of the prelude, which is a defect of this program.
    init(files: FileTree) throws(RunFailure) {
        var heap: UnsafeMutablePointer<cqjs_heap>?
        guard let runtime = unsafe cqjs_new_runtime(&heap), let heap = unsafe heap,
            let context = unsafe JS_NewContext(runtime)
        else {
            throw RunFailure(.guestLost, "the JavaScript engine could not be made: out of memory")
        }
        unsafe self.runtime = runtime
        unsafe self.heap = heap
        unsafe self.context = context
        self.files = files
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe JS_SetContextOpaque(context, opaque)
        unsafe JS_SetMaxStackSize(runtime, Self.stackBytes)
        unsafe self.setUpModules(opaque: opaque)
        unsafe JS_SetHostPromiseRejectionTracker(runtime, trackRejection, opaque)
        unsafe JS_SetInterruptHandler(runtime, interrupt, opaque)
        let prelude = self.evaluate(Prelude.source, named: Prelude.fileName, flags: JS_EVAL_TYPE_GLOBAL)
        let exports = prelude.isException ? prelude : self.call(prelude, [self.makeNativeBindings()])
        guard !exports.isException else {
            throw RunFailure(.guestLost, "the prelude failed: \(self.takeException().describedBare)")
        }
        self.describe = exports["describe"]
        self.serialize = exports["serialize"]
        self.makeAPIError = exports["apiError"]
        self.namesOf = exports["namesOf"]
        self.errorConstructor = self.global["Error"]
        try self.compileModules()
        unsafe JS_RunGC(runtime)
    }

    var global: Value { unsafe self.own(JS_GetGlobalObject(self.context)) }

    func own(_ raw: JSValue) -> Value { unsafe Value(owning: raw, in: self.context) }

    func evaluate(_ source: String, named name: String, flags: Int32) -> Value {
        unsafe self.evaluate(source, named: name, flags: flags, in: self.context)
    }

    /// Compiles, and unless `flags` say otherwise runs, a source text, here or in another context of the runtime.
    func evaluate(_ source: String, named name: String, flags: Int32, in context: OpaquePointer) -> Value {
        var source = source
        return source.withUTF8 { bytes in
            // The parser reads one byte past the end, which must be zero.
            unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
                unsafe buffer.withMemoryRebound(to: UInt8.self) { copy in
                    _ = unsafe copy.update(fromContentsOf: bytes)
                    unsafe copy[bytes.count] = 0
                }
                return unsafe Value(
                    owning: JS_Eval(context, buffer.baseAddress, bytes.count, name, flags), in: context)
            }
        }
    }

    func call(_ function: Value, _ arguments: [Value]) -> Value {
        var raw = unsafe arguments.map { unsafe $0.raw }
        return withExtendedLifetime(arguments) {
            unsafe self.own(JS_Call(self.context, function.raw, cqjs_undefined(), Int32(raw.count), &raw))
        }
    }

    func string(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe self.own(JS_NewStringLen(self.context, characters.baseAddress, characters.count))
            }
        }
    }

    /// Parses JSON text.
    ///
    /// - Parameter json: gets the zero byte behind it that the parser wants.
    func parse(_ json: inout [UInt8]) -> Value {
        json.append(0)
        return unsafe json.withUnsafeBytes { bytes in
            let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe self.own(JS_ParseJSON(self.context, text, bytes.count - 1, "reply"))
        }
    }

    func takeException() -> Value { unsafe self.own(JS_GetException(self.context)) }

    func limitHeap(to bytes: UInt64) { unsafe self.heap.pointee.limit = Int(clamping: bytes) }

    /// What the script had, and asked for, when it last met the limit of its heap.
    var metHeapLimit: (used: UInt64, asked: UInt64) {
        unsafe (UInt64(self.heap.pointee.used_at_limit), UInt64(self.heap.pointee.asked_at_limit))
    }

    /// Where the script is now; used when it must be stopped without its help.
    func currentPosition() -> SourcePosition? { self.currentStack().flatMap(SourcePosition.init(stack:)) }

    private func currentStack() -> String? {
        // Making an error leaves its backtrace behind as if it had been thrown.
        defer { _ = self.takeBacktrace() }
        let error = unsafe self.own(JS_CallConstructor(self.context, self.errorConstructor.raw, 0, nil))
        guard !error.isException, let stack = error["stack"].stringText else {
            _ = self.takeException()
            return nil
        }
        return stack
    }

    /// Where a promise was rejected: by what was thrown, or by a call such as `Promise.reject("text")`.
    func backtraceOfRejection(_ reason: Value) -> String? {
        self.takeBacktrace() ?? (reason.isError ? nil : self.currentStack())
    }

    /// Runs jobs until none is left or the run was stopped.
    func runJobs() {
        var context: OpaquePointer?
        _ = self.takeBacktrace()
        while self.run?.stopped == nil {
            let result = unsafe JS_ExecutePendingJob(self.runtime, &context)
            if result == 0 { return }
            if result < 0 { self.run?.unwound(by: self.takeException()) }
            self.run?.jobEnded(in: self)
        }
    }

    /// Where the last exception was thrown that nothing has caught since; asking forgets it.
    ///
    /// What a thrown value cannot tell when it is no `Error`, or an `Error` from somewhere else.
    func takeBacktrace() -> String? { unsafe self.own(cqjs_take_backtrace(self.context)).stringText }

    static func from(_ opaque: UnsafeMutableRawPointer?) -> Engine {
        // Set in `init` and alive until the process ends.
        unsafe Unmanaged<Engine>.fromOpaque(opaque!).takeUnretainedValue()
    }

    static func from(_ context: OpaquePointer?) -> Engine { unsafe self.from(JS_GetContextOpaque(context)) }
}

extension Value {
    /// A thrown value in a few words, without the prelude's help.
    var describedBare: String { (self.text ?? "?") + " " + (self["stack"].stringText ?? "") }
}

// MARK: Callbacks

private let interrupt: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = { _, opaque in
    let engine = unsafe Engine.from(opaque)
    return engine.run?.shouldStop(in: engine) == true ? 1 : 0
}

private let trackRejection: @convention(c) (OpaquePointer?, JSValue, JSValue, Bool, UnsafeMutableRawPointer?) -> Void =
    {
        _, promise, reason, isHandled, opaque in
        let engine = unsafe Engine.from(opaque)
        let identity = unsafe UInt(bitPattern: cqjs_identity(promise))
        if engine.run?.stopped != nil {
            unsafe engine.run?.unwound(by: engine.own(JS_DupValue(engine.context, reason)))
        }
        if isHandled {
            engine.run?.unhandled.removeAll { $0.promise.identity == identity }
        } else {
            let promise = unsafe engine.own(JS_DupValue(engine.context, promise))
            let reason = unsafe engine.own(JS_DupValue(engine.context, reason))
            engine.run?.rejected(promise, reason, backtrace: engine.backtraceOfRejection(reason))
        }
    }
