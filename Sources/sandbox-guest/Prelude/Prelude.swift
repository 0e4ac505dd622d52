/// The JavaScript that makes the world a script sees, run once in the zygote.
///
/// A function of the native bindings that returns what the engine calls: `describe`, `serialize`, `apiError`, `namesOf`.
/// Every intrinsic it needs later is captured first, so that nothing a script does can change how it works.
enum Prelude {
    static let fileName = "sandbox:prelude"

    static let source =
        "(function (native) { 'use strict';\n" + captures + inspection + results + hostCalls
        + text + urls + globals + freezing
        + "\nreturn { describe, serialize, apiError, namesOf };\n})"

    /// What the module `bitetrack:api` says.
    static let hostModule = "export const callAPI = globalThis.callAPI;\nexport const APIError = globalThis.APIError;\n"

    private static let captures = #"""
        const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, defineProperty } = Reflect;
        const uncurry = (method) => (self, ...args) => apply(method, self, args);
        const { stringify, parse } = JSON;
        const { isArray } = Array;
        const { freeze, create, keys, is } = Object;
        const { isFinite } = Number;
        const { isView } = ArrayBuffer;
        const StringOf = String, ArrayOf = Array, MapOf = Map, SetOf = Set, WeakMapOf = WeakMap;
        const WeakSetOf = WeakSet, WeakRefOf = WeakRef, IteratorOf = Iterator, DataViewOf = DataView;
        const AggregateErrorOf = AggregateError;
        const DateOf = Date, RegExpOf = RegExp, ErrorOf = Error, TypeErrorOf = TypeError, PromiseOf = Promise;
        const RangeErrorOf = RangeError, InternalErrorOf = InternalError, BigIntOf = BigInt,
            ArrayBufferOf = ArrayBuffer, Uint8ArrayOf = Uint8Array;
        const symbolIterator = Symbol.iterator, symbolAsyncIterator = Symbol.asyncIterator;
        const wellFormed = uncurry(String.prototype.toWellFormed), slice = uncurry(String.prototype.slice);
        const charCodeAt = uncurry(String.prototype.charCodeAt), replace = uncurry(String.prototype.replace);
        const split = uncurry(String.prototype.split), indexOf = uncurry(String.prototype.indexOf);
        const push = uncurry(Array.prototype.push), join = uncurry(Array.prototype.join);
        const sort = uncurry(Array.prototype.sort);
        const toISO = uncurry(Date.prototype.toISOString), dateValue = uncurry(Date.prototype.getTime);
        const mapEach = uncurry(Map.prototype.forEach), setEach = uncurry(Set.prototype.forEach);
        const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set);
        const mapHas = uncurry(Map.prototype.has), setAdd = uncurry(Set.prototype.add);
        const setHas = uncurry(Set.prototype.has), setDelete = uncurry(Set.prototype.delete);
        const test = uncurry(RegExp.prototype.test), regExpText = uncurry(RegExp.prototype.toString);
        const symbolText = uncurry(Symbol.prototype.toString), bigIntText = uncurry(BigInt.prototype.toString);
        const toLower = uncurry(String.prototype.toLowerCase), toUpper = uncurry(String.prototype.toUpperCase);
        const lastIndexOf = uncurry(String.prototype.lastIndexOf), search = uncurry(String.prototype.search);
        const exec = uncurry(RegExp.prototype.exec), numberText = uncurry(Number.prototype.toString);
        const parseInteger = parseInt, { floor } = Math;

        """#
}
