// tries: a chain of promises a hundred thousand deep
// contained: value 100000
// memory: 256
let p = Promise.resolve(0);
for (let i = 0; i < 1e5; i++) p = p.then((x) => x + 1);
await p
