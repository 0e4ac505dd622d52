// tries: valueOf that deletes, freezes and replaces what is being worked on
// contained: value "survived"
const a = Array.from({ length: 100 }, (_, i) => i);
const evil = { valueOf() { a.length = 0; Object.freeze(a); return 50; } };
for (const f of [() => a.splice(evil, 10, 1, 2, 3), () => a.fill(1, 0, evil), () => a.slice(0, evil), () => a.copyWithin(evil, 0), () => 'abc'.repeat(evil).substring(evil, evil), () => a.with(evil, 1), () => new Date(evil, evil, evil), () => a.at(evil), () => Number.prototype.toFixed.call(1.5, evil), () => String.fromCodePoint(evil)]) { try { f(); } catch {} }
"survived"
