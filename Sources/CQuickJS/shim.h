#pragma once

#include <malloc.h>
#include <quickjs.h>
#include <stdlib.h>

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

// Exported by quickjs.c for its own libc; command 2 hands over, and forgets, where the last exception was thrown that
// nothing has caught since.
uintptr_t js_std_cmd(int command, ...);
static inline JSValue cqjs_take_backtrace(JSContext *context) {
    JSValue stack = JS_UNDEFINED;
    js_std_cmd(2, context, &stack);
    return stack;
}

// The heap of a runtime, counted here and not by QuickJS, because it does not tell what it counts.
struct cqjs_heap {
    size_t used;
    size_t limit;
    // What was used and asked for when the limit was met last; 0 when it never was.
    size_t used_at_limit;
    size_t asked_at_limit;
};

// Once the limit was met, small pieces may go this far beyond it: the error that says so needs them.
enum { CQJS_SLACK = 512 * 1024, CQJS_SMALL = 64 * 1024 };

static inline bool cqjs_heap_allows(struct cqjs_heap *heap, size_t size) {
    if (size <= heap->limit && heap->used <= heap->limit - size) return true;
    bool had_met = heap->used_at_limit != 0;
    heap->used_at_limit = heap->used;
    heap->asked_at_limit = size;
    return had_met && size <= CQJS_SMALL && heap->used <= heap->limit + CQJS_SLACK;
}

static void *cqjs_heap_count(struct cqjs_heap *heap, void *piece, size_t size) {
    if (piece) {
        heap->used += malloc_usable_size(piece);
    } else {
        heap->used_at_limit = heap->used;
        heap->asked_at_limit = size;
    }
    return piece;
}
static void *cqjs_heap_calloc(void *opaque, size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || !cqjs_heap_allows(opaque, total)) return NULL;
    return cqjs_heap_count(opaque, calloc(count, size), total);
}
static void *cqjs_heap_malloc(void *opaque, size_t size) {
    if (!cqjs_heap_allows(opaque, size)) return NULL;
    return cqjs_heap_count(opaque, malloc(size), size);
}
static void cqjs_heap_free(void *opaque, void *piece) {
    struct cqjs_heap *heap = opaque;
    if (piece) heap->used -= malloc_usable_size(piece);
    free(piece);
}
static void *cqjs_heap_realloc(void *opaque, void *piece, size_t size) {
    struct cqjs_heap *heap = opaque;
    if (!piece) return cqjs_heap_malloc(opaque, size);
    size_t old = malloc_usable_size(piece);
    if (size > old && !cqjs_heap_allows(heap, size - old)) return NULL;
    void *moved = realloc(piece, size);
    if (moved || size == 0) heap->used -= old;
    return cqjs_heap_count(heap, moved, size);
}
static size_t cqjs_heap_usable(const void *piece) { return malloc_usable_size((void *)piece); }

// A runtime that allocates from a heap of its own, which lives as long as the process does.
static inline JSRuntime *cqjs_new_runtime(struct cqjs_heap **result) {
    static const JSMallocFunctions functions = {
        cqjs_heap_calloc, cqjs_heap_malloc, cqjs_heap_free, cqjs_heap_realloc, cqjs_heap_usable,
    };
    struct cqjs_heap *heap = calloc(1, sizeof(*heap));
    if (!heap) return NULL;
    heap->limit = SIZE_MAX;
    *result = heap;
    return JS_NewRuntime2(&functions, heap);
}
