/// What scripts are made of: the parts of the language where engines break.
enum ScriptWords {
    static let variables = ["a", "b", "c", "d", "e"]

    static let numbers = [
        "0", "1", "-1", "2", "7", "8", "15", "16", "255", "256", "1000", "65536", "2147483647", "2147483648",
        "-2147483648", "4294967295", "4294967296", "9007199254740991", "1e21", "0.5", "-0", "NaN", "Infinity", "0n",
        "-1n", "2n ** 64n", "(1n << 200n)",
    ]

    static let properties = [
        "length", "constructor", "prototype", "__proto__", "valueOf", "toString", "toJSON", "then", "next", "return",
        "buffer", "byteLength", "lastIndex", "flags", "exec", "stack", "name", "message", "cause", "size", "index",
        "raw", "description", "source", "callee", "0", "[Symbol.species]", "[Symbol.iterator]",
        "[Symbol.toPrimitive]",
    ]

    static let functions = [
        "() => {}", "() => $e", "(x) => x", "(x, y) => x - y", "function () { return this; }",
        "(x) => { $v.length = 0; return x; }", "() => { $v = $e; return $n; }", "async (x) => await x",
        "function* () { yield $e; yield* $e; }", "async function* () { yield $e; }", "() => { throw $e; }",
        "() => { $v.resize?.($n); return $n; }", "(...xs) => xs", "() => { $v.push?.($e); return true; }",
        "() => $v.transfer?.($n)", "class { #x = $e; get $x() { return this.#x; } static { $v = this; } }",
        "function f(n) { return n > 0 ? f(n - 1) : $e; }", "new Proxy(function () {}, {})",
    ]

    static let expressions = [
        "$v", "$n", "$f", "null", "undefined", "'text'", "'\\ud800'", "'\\u{1F600}é'", "`${$e}`", "[]", "{}",
        "[$e, $e, $e]", "[1.5, , 3]", "({ $v: $e })", "({ get x() { return $e; }, set x(v) { $v = v; } })",
        "({ valueOf: $f, toString: $f })", "({ then: $f })", "({ toJSON: $f })", "({ [Symbol.iterator]: $f })",
        "({ [Symbol.toPrimitive]: $f })", "({ __proto__: $e })", "Symbol('s')", "new Map([[$e, $e]])",
        "new Set([$e])", "new WeakMap([[{}, $e]])", "new WeakRef({})", "new FinalizationRegistry($f)", "new Date($n)",
        "new ArrayBuffer($n, { maxByteLength: $n })", "new ArrayBuffer(16, { maxByteLength: 64 })",
        "new Uint8Array($e)", "new Float64Array(new ArrayBuffer(16, { maxByteLength: 64 }))", "new DataView($e)",
        "new BigInt64Array(4)", "new Uint8Array([1, 2, 3]).subarray(1)", "Uint8Array.from($e, $f)", "$v.buffer",
        "new Proxy($e, { get: $f, set: $f, has: $f, ownKeys: $f, getPrototypeOf: $f, deleteProperty: $f })",
        "Proxy.revocable($e, {}).proxy", "Reflect.construct($e, $e, $e)", "Object.create($e, { x: { value: $e } })",
        "Object.getOwnPropertyDescriptors($e)", "Object.fromEntries($e)", "Object.groupBy($e, $f)",
        "Object.freeze($e)", "/(a+)+$/", "/(?<n>.)|\\b(?=x)/dgimsuy", "/[\\p{L}--[a-z]]/v", "new RegExp($e, 'g')",
        "/(?<=a)b/y", "'aaaaaaaaaaaaaaaaaaaa!'.match(/(a*)*b/)", "'abc'.replace(/b/g, $f)", "'a-b'.split($e, $n)",
        "'x'.matchAll($e)", "'ab'.padEnd($n, 'z')", "'ab'.repeat(100)", "'abc'.at($n)", "String.raw($e, $e)",
        "$v.normalize?.('NFKD')", "$v + $v", "$v?.$p", "$v[$e]", "$v.$p", "-$e", "typeof $e", "$e ?? $e", "$e in $e",
        "$e instanceof $e", "$n ** $n", "$n % $n", "$n >>> $n", "BigInt.asUintN($n, $e)", "BigInt($e)",
        "(123n).toString($n)", "JSON.parse('[1,{\"a\":[]}]', $f)", "JSON.stringify($e, $f, $n)",
        "JSON.stringify($e, $e)", "structuredClone($e)", "[3, 1, 2].sort($f)", "[1, 2, 3].splice($n, $n, $e)",
        "[1, 2].concat($e)", "[$e].flat($n)", "[1, 2].map($f)", "[1, 2, 3].copyWithin($n, $n)",
        "[1, 2].reduceRight($f)", "[1, 2, 3].toSpliced($n, $n)", "[1, 2].with($n, $e)", "Array.from($e, $f)",
        "Array.fromAsync($e)", "Array($n)", "$v.values?.()", "$v.entries?.().drop?.($n)",
        "Iterator.from($e).map($f).take($n)", "[...$e]", "await $e", "await Promise.race([$e, $e])",
        "Promise.allSettled($e)", "Promise.withResolvers()", "new Promise($f)", "Promise.resolve($e).then($f, $f)",
        "callAPI('x', $e)", "await callAPI('x', { $v })", "searchTools('q', $e)", "import('./tools/a')",
        "import('./tools/throws.js')", "import('./tools/late.js')", "import.meta", "fs.readFile('tools/a.js')",
        "new APIError('m', $e)", "new Error('m', { cause: $e })", "new AggregateError($e)", "new URLSearchParams($e)",
        "new TextEncoder().encode($e)", "new TextDecoder('utf-8', { fatal: true }).decode($e)", "setTimeout($f, $n)",
        "new Function('x', 'return x')", "eval('$v')", "(0, eval)('var g = 1; g')", "globalThis.$p", "new.target",
        "Function.prototype.toString.call($e)", "Reflect.ownKeys($e)", "Math.hypot($e, $e)", "Math.sumPrecise?.($e)",
        "class extends $v { constructor() { super(); } }", "Date.parse($e)", "new Date($n).toISOString()",
        "escape($e)", "decodeURIComponent('%F0%9F')", "encodeURIComponent($e)", "parseFloat($e)", "(1.5).toFixed(20)",
        "(255).toString($n)",
    ]

    static let statements = [
        "$v = $e;", "$v = $e;", "$v = $e;", "$v;", "console.log($e, $e);", "console.$p?.($e);", "$v.$p = $e;",
        "$v[$e] = $e;", "delete $v[$e];", "[$v, $v] = $e;", "({ x: $v, ...$v } = $e);", "$v.length = $n;",
        "for (const x of $e) { $v = x; break; }", "for (const x in $e) $v = x;", "for await (const x of $e) $v = x;",
        "for (let i = 0; i < 20; i++) { $v = $e; }", "label: while (true) { $v = $e; break label; }",
        "try { $e } catch (x) { $v = x; } finally { $v = $e; }", "switch ($e) { case $e: $v = $e; default: }",
        "Object.defineProperty($v, '$p', { get: $f, set: $f, configurable: true });",
        "Object.setPrototypeOf($v, $e);", "$v.resize?.($n);", "$v = $v.transfer?.($n);", "$v.set?.($e, $n);",
        "$v.fill?.($e, $n);", "$v.sort?.($f);", "$v.lastIndex = $n;", "$v.exec?.('aaa');", "$v.next?.($e);",
        "$v.return?.($e);", "$v.throw?.($e);", "$v.register?.({}, $e);", "$v.add?.($e);", "$v.forEach?.($f);",
        "$v.clear?.();", "queueMicrotask($f);", "setTimeout($f, 1);", "callAPI('x', $e);", "await $e;", "await null;",
        "export default $e;", "export let x = $e;", "import * as m from './tools/a';",
        "import { b as n } from './tools/b';", "import './tools/wrong.js';", "import './tools/late.js';", "throw $e;",
        "void Promise.reject($e);", "async function g() { $v = $e; await $e; }",
        "class K extends Array { static get [Symbol.species]() { return $e; } }",
        "$v = new (class extends Array {})(3);", "Error.prepareStackTrace = $f;", "Error.stackTraceLimit = $n;",
        "globalThis.x = $e;", "var v = $e;", "using r = { [Symbol.dispose]: $f };", "const { [$e]: y = $e } = $v;",
        "function h(x = $e, ...y) { return arguments; }",
    ]

    static let wrappers = [
        "try { $line } catch (x) { $v = x; }", "{ $line }", "if ($e) { $line }",
        "for (let i = 0; i < 3; i++) { $line }", "(() => { $line })();", "await (async () => { $line })();",
        "[1, 2, 3].forEach(() => { $line });",
        "for (const x of (function* () { yield 1; $line yield 2; })()) $v = x;",
        "'abc'.replace(/./g, () => { $line });", "JSON.stringify({ toJSON() { $line } });",
        "[3, 1, 2].sort((x, y) => { $line return x - y; });", "`${{ toString() { $line return ''; } }}`;",
        "new Proxy({}, { get() { $line } }).x;", "(class { static { $line } });", "queueMicrotask(() => { $line });",
        "Array.from({ length: 3 }, () => { $line });",
        "new (class extends Uint8Array { constructor() { super(4); $line } })();",
    ]
}
