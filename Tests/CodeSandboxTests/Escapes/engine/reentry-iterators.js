// tries: an iterator that closes, restarts and throws in the middle of built-ins
// contained: value "survived"
const makers = [(i) => new Map(i), (i) => new Set(i), (i) => new WeakMap(i), (i) => Array.from(i), (i) => Promise.all(i).catch(() => {}), (i) => Object.fromEntries(i), (i) => new Uint8Array(i), (i) => [...i], (i) => Math.max(...i), (i) => Object.groupBy(i, (x) => x), (i) => { const [a, , ...b] = i; }];
for (const make of makers) for (const value of [[{}, 1], null, 5, new Proxy([{}, 1], { get() { throw 1; } })]) {
    let n = 0;
    const iterator = { [Symbol.iterator]() { return this; }, next() { n++; if (n === 3) { try { make({ [Symbol.iterator]: () => iterator }); } catch {} } if (n > 20) throw new Error('end'); return { get done() { return n > 10; }, get value() { return value; } }; }, return() { throw new Error('return'); } };
    try { make(iterator); } catch {}
}
"survived"
