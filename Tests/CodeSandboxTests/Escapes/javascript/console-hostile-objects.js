// tries: printing objects whose every trap throws
// contained: value "printed"
const evil = new Proxy({}, { get() { throw evil; }, ownKeys() { throw evil; }, getPrototypeOf() { throw evil; }, getOwnPropertyDescriptor() { throw evil; } });
try { console.log(evil); } catch {}
console.log({ get a() { throw new Error('a'); } }, Object.create(null), { __proto__: null, constructor: { name: { toString() { throw 1; } } } });
console.log(Object.defineProperty(() => {}, 'name', { value: 1 }), class { static name = { toString() { return 'x'; } } });
"printed"
