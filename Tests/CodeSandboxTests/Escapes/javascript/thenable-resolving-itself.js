// tries: a promise that resolves to itself
// contained: failure exception "self"
let resolve;
const promise = new Promise((r) => { resolve = r; });
resolve(promise);
await promise
