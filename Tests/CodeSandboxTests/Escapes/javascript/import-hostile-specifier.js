// tries: a specifier that is an object with a will of its own
// contained: value ["Error",1]
let reads = 0;
const specifier = { toString() { reads++; throw new Error('mine'); } };
let name;
try { await import(specifier); } catch (error) { name = error.name; }
[name, reads]
