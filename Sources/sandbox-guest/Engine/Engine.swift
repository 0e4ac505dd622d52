import CQuickJS
import Glibc

/// One QuickJS runtime with the prelude in it.
///
/// Made once in the zygote and used up by the one run of each forked child, so nothing in it is ever reset or freed.
@safe
final class Engine {
    let runtime: OpaquePointer
    let context: OpaquePointer
    let files: FileTree
    private(set) var describe: Value!
    private(set) var serialize: Value!
    private(set) var makeAPIError: Value!
    private var errorConstructor: Value!

    // What the callbacks of QuickJS need while a run is on.
    var run: ScriptRun?
    /// The last import that could not be followed.
    var failedImport: (specifier: String, base: String)?

    /// Native stack a script may use; the process has four times as much.
    static let stackBytes = 1024 * 1024

    /// - Throws: the failure of the prelude, which is a defect of this program.
    init(files: FileTree) throws(RunFailure) {
        guard let runtime = unsafe JS_NewRuntime(), let context = unsafe JS_NewContext(runtime) else {
            throw RunFailure(.guestLost, "the JavaScript engine could not be made: out of memory")
        }
        unsafe self.runtime = runtime
        unsafe self.context = context
        self.files = files
        let opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe JS_SetContextOpaque(context, opaque)
        unsafe JS_SetMaxStackSize(runtime, Self.stackBytes)
        unsafe JS_SetModuleLoaderFunc(runtime, normalizeModule, loadModule, opaque)
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
        self.errorConstructor = self.global["Error"]
        unsafe JS_RunGC(runtime)
    }

    var global: Value { unsafe self.own(JS_GetGlobalObject(self.context)) }

    func own(_ raw: JSValue) -> Value { unsafe Value(owning: raw, in: self.context) }

    /// Compiles, and unless `flags` say otherwise runs, a source text.
    func evaluate(_ source: String, named name: String, flags: Int32) -> Value {
        var source = source
        return source.withUTF8 { bytes in
            // The parser reads one byte past the end, which must be zero.
            unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
                unsafe buffer.withMemoryRebound(to: UInt8.self) { copy in
                    _ = unsafe copy.update(fromContentsOf: bytes)
                    unsafe copy[bytes.count] = 0
                }
                return unsafe self.own(JS_Eval(self.context, buffer.baseAddress, bytes.count, name, flags))
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
    func parse(_ json: [UInt8]) -> Value {
        var json = json
        json.append(0)
        return unsafe json.withUnsafeBytes { bytes in
            let text = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe self.own(JS_ParseJSON(self.context, text, bytes.count - 1, "reply"))
        }
    }

    func takeException() -> Value { unsafe self.own(JS_GetException(self.context)) }

    /// Where the script is now; used when it must be stopped without its help.
    func currentPosition() -> SourcePosition? {
        let error = unsafe self.own(JS_CallConstructor(self.context, self.errorConstructor.raw, 0, nil))
        guard !error.isException, let stack = error["stack"].stringText else {
            _ = self.takeException()
            return nil
        }
        return SourcePosition(stack: stack)
    }

    /// Runs jobs until none is left or the run was stopped.
    func runJobs() {
        var context: OpaquePointer?
        while self.run?.stopped == nil {
            let result = unsafe JS_ExecutePendingJob(self.runtime, &context)
            if result == 0 { return }
            if result < 0 { self.run?.unwound(by: self.takeException()) }
        }
    }

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
            engine.run?.unhandled.append((promise, reason))
        }
    }

private let normalizeModule:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?)
        -> UnsafeMutablePointer<CChar>? = { context, base, specifier, opaque in
            let engine = unsafe Engine.from(opaque)
            let base = unsafe String(cString: base!)
            let specifier = unsafe String(cString: specifier!)
            do throws(FileTree.Refusal) {
                return unsafe js_strdup(context, try engine.files.resolve(specifier, from: base))
            } catch {
                engine.failedImport = (specifier, base)
                let place = base == SourcePosition.scriptName ? "" : " (imported by \(base))"
                unsafe JS_FreeValue(context, cqjs_throw_reference_error(context, error.message + place))
                return nil
            }
        }

private let loadModule:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafeMutableRawPointer?) -> OpaquePointer? = {
        _, name, opaque in
        let engine = unsafe Engine.from(opaque)
        let name = unsafe String(cString: name!)
        let source = name == FileTree.hostModule ? Prelude.hostModule : engine.files.files[name] ?? ""
        let module = engine.evaluate(source, named: name, flags: JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY)
        guard !module.isException else { return nil }
        // The context keeps the module; the reference that goes with `module` is not needed.
        return unsafe cqjs_module(module.raw)
    }
