/// The JavaScript that makes the world a script sees, run once in the zygote.
///
/// A function of the native bindings that returns what the engine calls: `describe`, `serialize`, `apiError`.
/// Every intrinsic it needs later is captured first, so that nothing a script does can change how it works.
enum Prelude {
    static let fileName = "sandbox:prelude"

    static let source =
        "(function (native) { 'use strict';\n" + captures + inspection + results + hostCalls
        + textAndURLs + globals + freezing
        + "\nreturn { describe, serialize, apiError, unhandled };\n})"

    /// What the module `bitetrack:api` says.
    static let hostModule = "export const callAPI = globalThis.callAPI;\nexport const APIError = globalThis.APIError;\n"

    private static let captures = #"""
        const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, defineProperty } = Reflect;
        const uncurry = (method) => (self, ...args) => apply(method, self, args);
        const { stringify, parse } = JSON;
        const { isArray } = Array;
        const { freeze, create, keys, is } = Object;
        const { isFinite, isInteger } = Number;
        const { isView } = ArrayBuffer;
        const StringOf = String, ObjectOf = Object, ArrayOf = Array, MapOf = Map, SetOf = Set, WeakMapOf = WeakMap;
        const DateOf = Date, RegExpOf = RegExp, ErrorOf = Error, TypeErrorOf = TypeError, PromiseOf = Promise;
        const BigIntOf = BigInt, SymbolOf = Symbol, ArrayBufferOf = ArrayBuffer, Uint8ArrayOf = Uint8Array;
        const symbolIterator = Symbol.iterator;
        const wellFormed = uncurry(String.prototype.toWellFormed), slice = uncurry(String.prototype.slice);
        const charCodeAt = uncurry(String.prototype.charCodeAt), replace = uncurry(String.prototype.replace);
        const split = uncurry(String.prototype.split), indexOf = uncurry(String.prototype.indexOf);
        const push = uncurry(Array.prototype.push), join = uncurry(Array.prototype.join);
        const sort = uncurry(Array.prototype.sort), splice = uncurry(Array.prototype.splice);
        const toISO = uncurry(Date.prototype.toISOString), dateValue = uncurry(Date.prototype.getTime);
        const mapEach = uncurry(Map.prototype.forEach), setEach = uncurry(Set.prototype.forEach);
        const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set);
        const mapHas = uncurry(Map.prototype.has), setAdd = uncurry(Set.prototype.add);
        const setHas = uncurry(Set.prototype.has), setDelete = uncurry(Set.prototype.delete);
        const test = uncurry(RegExp.prototype.test), regExpText = uncurry(RegExp.prototype.toString);
        const symbolText = uncurry(Symbol.prototype.toString), bigIntText = uncurry(BigInt.prototype.toString);
        const functionText = uncurry(Function.prototype.toString);

        """#
}
