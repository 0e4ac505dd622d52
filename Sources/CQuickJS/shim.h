#pragma once

#include <quickjs.h>

// What Swift cannot import: compound-literal macros, pointer macros and variadic functions.

static inline JSValue cqjs_undefined(void) { return JS_UNDEFINED; }
static inline JSValue cqjs_exception(void) { return JS_EXCEPTION; }
static inline JSValue cqjs_int32(int32_t value) { return JS_MKVAL(JS_TAG_INT, value); }

static inline bool cqjs_is_exception(JSValueConst value) { return JS_VALUE_GET_TAG(value) == JS_TAG_EXCEPTION; }
static inline bool cqjs_is_undefined(JSValueConst value) { return JS_VALUE_GET_TAG(value) == JS_TAG_UNDEFINED; }
static inline bool cqjs_is_string(JSValueConst value) {
    int tag = JS_VALUE_GET_TAG(value);
    return tag == JS_TAG_STRING || tag == JS_TAG_STRING_ROPE;
}
static inline bool cqjs_is_object(JSValueConst value) { return JS_VALUE_GET_TAG(value) == JS_TAG_OBJECT; }
static inline JSModuleDef *cqjs_module(JSValueConst value) { return (JSModuleDef *)JS_VALUE_GET_PTR(value); }
static inline void *cqjs_identity(JSValueConst value) { return JS_VALUE_GET_PTR(value); }

static inline JSValue cqjs_throw_reference_error(JSContext *context, const char *message) {
    return JS_ThrowReferenceError(context, "%s", message);
}
static inline JSValue cqjs_throw_internal_error(JSContext *context, const char *message) {
    return JS_ThrowInternalError(context, "%s", message);
}
static inline JSValue cqjs_throw_type_error(JSContext *context, const char *message) {
    return JS_ThrowTypeError(context, "%s", message);
}
