// tries: a promise resolved with a promise, fifty thousand times over
// contained: value "end"
// memory: 256
let p = Promise.resolve('end');
for (let i = 0; i < 5e4; i++) { const inner = p; p = new Promise((r) => r(inner)); }
await p
