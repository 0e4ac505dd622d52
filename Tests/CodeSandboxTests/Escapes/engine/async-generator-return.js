// tries: return, throw and next queued on an async generator while it awaits
// contained: value ["survived"]
async function* g() { try { yield 1; await null; yield* { [Symbol.asyncIterator]() { return { next: async () => { it.return(5); it.throw(6); return { done: false, value: it }; }, get return() { return async () => { throw 7; }; } }; } }; } finally { yield it; await it.next(); } }
const it = g();
const all = [it.next(), it.return({ get then() { it.next(); throw 1; } }), it.throw(2), it.next(), it.return(Promise.resolve(3)), it.next()];
const race = new Promise((r) => setTimeout(r, 20));
await Promise.race([Promise.allSettled(all), race]);
["survived"]
