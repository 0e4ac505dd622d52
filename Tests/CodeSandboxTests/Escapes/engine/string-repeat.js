// tries: strings of a length beyond every limit
// contained: value ["RangeError","RangeError"]
const names = [];
for (const f of [() => 'ab'.repeat(2 ** 30), () => 'a'.repeat(Infinity)]) { try { f(); names.push('made'); } catch (error) { names.push(error.name === 'InternalError' ? 'RangeError' : error.name); } }
names
