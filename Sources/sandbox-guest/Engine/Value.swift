import CQuickJS

/// One owned reference to a JavaScript value.
@safe
final class Value {
    let raw: JSValue
    private let context: OpaquePointer

    /// Takes over a reference that QuickJS handed out.
    init(owning raw: JSValue, in context: OpaquePointer) {
        unsafe self.raw = raw
        unsafe self.context = context
    }

    deinit { unsafe JS_FreeValue(self.context, self.raw) }

    var isException: Bool { unsafe cqjs_is_exception(self.raw) }
    var isUndefined: Bool { unsafe cqjs_is_undefined(self.raw) }
    var isString: Bool { unsafe cqjs_is_string(self.raw) }
    var isError: Bool { unsafe JS_IsError(self.raw) }
    var isPromise: Bool { unsafe JS_IsPromise(self.raw) }
    /// Tells one object from another; meaningless for numbers.
    var identity: UInt { unsafe UInt(bitPattern: cqjs_identity(self.raw)) }

    subscript(name: String) -> Value {
        unsafe Value(owning: JS_GetPropertyStr(self.context, self.raw, name), in: self.context)
    }
    subscript(index: Int) -> Value {
        unsafe Value(owning: JS_GetPropertyInt64(self.context, self.raw, Int64(index)), in: self.context)
    }

    /// The value as text; nil when converting it throws.
    var text: String? { unsafe Self.text(self.raw, in: self.context) }

    /// The value as text when it is a string.
    var stringText: String? { self.isString ? self.text : nil }

    static func text(_ raw: JSValue, in context: OpaquePointer) -> String? {
        let text = unsafe self.withUTF8(of: raw, in: context) { unsafe String(decoding: $0, as: UTF8.self) }
        if text == nil { unsafe JS_FreeValue(context, JS_GetException(context)) }
        return text
    }

    /// Does something with the value as text; nil, with the exception still to be taken, when converting it throws.
    static func withUTF8<Result>(
        of raw: JSValue, in context: OpaquePointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result? {
        var count = 0
        guard let bytes = unsafe JS_ToCStringLen2(context, &count, raw, false) else { return nil }
        defer { unsafe JS_FreeCString(context, bytes) }
        return unsafe body(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}
