// tries: running out of memory inside every kind of allocation
// contained: value "refused"
// memory: 4
// timeout: 60000
const kinds = [
    (i) => ({ ['k' + i]: i }), (i) => [i, [i]], (i) => () => i, (i) => /x(?<a>y)/g, (i) => new RegExp('a' + i), (i) => new Map([[i, i]]), (i) => new Promise(() => {}),
    (i) => (function* () { yield i; })(), (i) => 2n ** BigInt(i % 500 + 500), (i) => Symbol('s' + i), (i) => new Proxy({}, {}), (i) => new Error('e' + i), (i) => new Date(i),
    (i) => new Uint8Array(100), (i) => new DataView(new ArrayBuffer(64)), (i) => class { #x = i; }, (i) => new WeakRef({ i }), (i) => JSON.parse('{"a":[1,2,{"b":"' + i + '"}]}'),
    (i) => 'x' + i + 'y'.repeat(50), (i) => [..."abc" + i], (i) => structuredClone({ i, a: [i] }), (i) => new URLSearchParams({ i }), (i) => (async () => i)(), (i) => (async function* () {})(),
    (i) => Object.defineProperty({}, 'g' + i, { get() { return i; } }), (i) => new TextEncoder().encode('t' + i), (i) => [i].values().map((x) => x),
];
let refused = 0;
for (const kind of kinds) { let hold = []; try { for (let i = 0; ; i++) hold.push(kind(i)); } catch { hold = null; refused++; } }
refused === kinds.length ? "refused" : refused
