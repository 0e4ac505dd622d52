// tries: running out of memory by strings, at fifty different points
// contained: value "refused"
// memory: 8
// timeout: 30000
let refused = 0;
for (let step = 1; step <= 50; step++) { const hold = []; try { for (;;) hold.push('s'.repeat(step * 20011) + step); } catch { refused++; hold.length = 0; } }
refused === 50 ? "refused" : refused
