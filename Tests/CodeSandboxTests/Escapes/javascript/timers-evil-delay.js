// tries: a delay that throws, and one that is a symbol or a BigInt
// contained: value ["Error","TypeError","TypeError"]
const names = [];
for (const delay of [{ valueOf() { throw new Error('mine'); } }, Symbol('x'), 1n]) { try { setTimeout(() => {}, delay); names.push('set'); } catch (error) { names.push(error.name); } }
names
