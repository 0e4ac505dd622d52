// tries: jumps out of finally blocks in loops in generators
// contained: value [3,"survived"]
function* g() { outer: for (let i = 0; i < 3; i++) { try { yield i; continue outer; } finally { try { if (i === 1) break outer; yield 'f' + i; } finally { continue outer; } } } return 3; }
let last, n = 0;
const it = g();
for (;;) { const r = n++ === 1 ? it.return(9) : it.next(); if (r.done || n > 50) { last = r.value; break; } }
[3, "survived"]
