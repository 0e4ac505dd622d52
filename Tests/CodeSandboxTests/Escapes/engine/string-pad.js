// tries: padding to lengths beyond memory
// contained: value "refused"
let n = 0;
for (const size of [2 ** 29, 2 ** 31, 2 ** 53, Infinity]) for (const f of ['padStart', 'padEnd']) { try { 'x'.padStart.call('x', size, 'ab'); } catch { n++; } }
n === 8 ? 'refused' : n
