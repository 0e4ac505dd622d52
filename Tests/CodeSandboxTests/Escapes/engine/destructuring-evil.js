// tries: destructuring with getters that change the pattern's source
// contained: value "survived"
const o = { get a() { delete o.b; Object.defineProperty(o, 'c', { get() { throw 1; }, configurable: true, enumerable: true }); return 1; }, b: { get d() { return o; } }, c: 3 };
try { const { a, b: { d: { a: again, ...deep } } = { d: o }, ...rest } = o; } catch {}
const list = { *[Symbol.iterator]() { try { yield 1; yield list; } finally { yield 2; } } };
try { const [x, [y, [z]]] = list; [list.p, list[Symbol.iterator], ...list.q] = list; } catch {}
"survived"
