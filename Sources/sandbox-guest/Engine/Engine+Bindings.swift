import CQuickJS

/// The functions the prelude gets from this program; scripts never see them.
private enum Binding: Int32, CaseIterable {
    case hostCall, console, setTimer, clearTimer, readFile, listDirectory, encodeUTF8, decodeUTF8, random, elapsed
}

extension Engine {
    func makeNativeBindings() -> Value {
        let object = unsafe self.own(JS_NewObject(self.context))
        for binding in Binding.allCases {
            let name = "\(binding)"
            let function = unsafe JS_NewCFunctionData2(
                self.context, callBinding, name, 3, binding.rawValue, 0, nil)
            unsafe JS_SetPropertyStr(self.context, object.raw, name, function)
        }
        return object
    }

    /// A new reference for QuickJS to own.
    private func give(_ value: Value) -> JSValue { unsafe JS_DupValue(self.context, value.raw) }

    private func throwing(_ message: String) -> JSValue { unsafe cqjs_throw_type_error(self.context, message) }

    fileprivate func perform(_ binding: Binding, _ arguments: UnsafeBufferPointer<JSValue>) -> JSValue {
        let context = unsafe self.context
        let text = { (index: Int) -> String in
            guard index < arguments.count else { return "" }
            return unsafe Value.text(arguments[index], in: context) ?? ""
        }
        let integer = { (index: Int) -> Int64 in
            var result: Int64 = 0
            guard index < arguments.count else { return 0 }
            return unsafe JS_ToInt64(context, &result, arguments[index]) == 0 ? result : 0
        }
        guard let run = self.run else { return unsafe self.throwing("no script is running") }
        switch binding {
        case .hostCall:
            // The prelude made an error to learn where the call is.
            _ = self.takeBacktrace()
            return unsafe self.callHost(run, arguments)
        case .console:
            run.printed(level: UInt8(clamping: integer(0)), text(1), in: self)
            guard run.stopped == nil else { return unsafe self.throwUncatchable() }
            return unsafe cqjs_undefined()
        case .setTimer:
            guard let callback = unsafe arguments.first else { return unsafe self.throwing("no callback") }
            let delay = max(0, min(integer(1), 1 << 31))
            let value = unsafe self.own(JS_DupValue(context, callback))
            return unsafe cqjs_int32(run.timers.add(due: Clock.now() + delay, value))
        case .clearTimer:
            run.timers.remove(Int32(truncatingIfNeeded: integer(0)))
            return unsafe cqjs_undefined()
        case .readFile:
            do throws(FileTree.Refusal) {
                return unsafe self.give(self.string(try self.files.text(at: text(0))))
            } catch { return unsafe self.throwing(error.message) }
        case .listDirectory:
            do throws(FileTree.Refusal) {
                let array = unsafe self.own(JS_NewArray(context))
                for (index, name) in try self.files.list(text(0)).enumerated() {
                    unsafe JS_SetPropertyUint32(context, array.raw, UInt32(index), self.give(self.string(name)))
                }
                return unsafe self.give(array)
            } catch { return unsafe self.throwing(error.message) }
        case .encodeUTF8:
            let bytes = Array(text(0).utf8)
            return unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe JS_NewUint8ArrayCopy(context, buffer.baseAddress, buffer.count)
            }
        case .decodeUTF8: return unsafe self.decodeUTF8(arguments)
        case .elapsed: return unsafe JS_NewNumber(context, Double(run.elapsed))
        case .random: return unsafe JS_NewNumber(context, Double.random(in: 0..<1))
        }
    }

    /// - Parameter arguments: the call's name, its arguments as JSON, and where it is made.
    private func callHost(_ run: ScriptRun, _ arguments: UnsafeBufferPointer<JSValue>) -> JSValue {
        guard arguments.count == 3 else { return unsafe self.throwing("no host call") }
        var message: [UInt8] = []
        let nameBytes = unsafe Value.withUTF8(of: arguments[0], in: self.context) { name in
            // The prelude's names are short.
            message.append(UInt8(name.count))
            unsafe message.append(contentsOf: name)
            return name.count
        }
        let argumentBytes = unsafe Value.withUTF8(of: arguments[1], in: self.context) { json in
            unsafe message.append(contentsOf: json)
            return json.count
        }
        guard nameBytes != nil, let argumentBytes else { return unsafe cqjs_exception() }
        let stack = unsafe self.own(JS_DupValue(self.context, arguments[2]))
        let promise = run.callHost(message, argumentBytes: argumentBytes, stack: stack, in: self)
        return unsafe self.give(promise)
    }

    private func decodeUTF8(_ arguments: UnsafeBufferPointer<JSValue>) -> JSValue {
        var count = 0
        guard arguments.count == 2, let start = unsafe JS_GetUint8Array(self.context, &count, arguments[0]) else {
            return unsafe cqjs_exception()
        }
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        guard unsafe JS_ToBool(self.context, arguments[1]) == 1 else {
            return unsafe self.give(self.string(unsafe String(decoding: bytes, as: UTF8.self)))
        }
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            return unsafe self.throwing("the bytes are not valid UTF-8")
        }
        return unsafe self.give(self.string(text))
    }

    /// Unwinds the script past every `catch` and `finally`.
    private func throwUncatchable() -> JSValue {
        unsafe JS_FreeValue(self.context, cqjs_throw_internal_error(self.context, "stopped"))
        let error = unsafe JS_GetException(self.context)
        unsafe JS_SetUncatchableError(self.context, error)
        return unsafe JS_Throw(self.context, error)
    }
}

private let callBinding:
    @convention(c) (
        OpaquePointer?, JSValue, Int32, UnsafeMutablePointer<JSValue>?, Int32, UnsafeMutablePointer<JSValue>?
    ) -> JSValue = { context, _, count, arguments, magic, _ in
        let engine = unsafe Engine.from(context)
        let arguments = unsafe UnsafeBufferPointer(start: arguments, count: Int(count))
        guard let binding = Binding(rawValue: magic) else { return unsafe cqjs_undefined() }
        return unsafe engine.perform(binding, arguments)
    }
