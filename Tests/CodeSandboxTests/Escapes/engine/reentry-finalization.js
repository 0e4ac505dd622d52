// tries: a registry whose callback registers, unregisters and runs the script on
// contained: value "survived"
// memory: 16
const token = {};
let n = 0;
const registry = new FinalizationRegistry((held) => { if (n++ < 100) { registry.register({}, n, token); registry.unregister(token); registry.register({ a: new Array(100) }, n); } });
for (let i = 0; i < 500; i++) { let o = { i }; o.self = o; registry.register(o, i, token); registry.register(o, i); o = null; }
for (let i = 0; i < 50; i++) { await null; const junk = Array.from({ length: 2000 }, () => { const x = {}; x.x = x; return x; }); }
"survived"
