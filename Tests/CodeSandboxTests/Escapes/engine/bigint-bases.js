// tries: BigInts from hostile texts
// contained: value ["SyntaxError","SyntaxError","SyntaxError","RangeError"]
const names = [];
for (const f of [() => BigInt('0x'), () => BigInt('1'.repeat(10) + 'n'), () => BigInt('\u0000'), () => (10n).toString(99)]) { try { f(); names.push('made'); } catch (error) { names.push(error.name); } }
names
