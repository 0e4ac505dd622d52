// tries: a rope of ten million pieces, flattened at once
// contained: value 10000000
// contained: failure memoryLimit
// contained: failure timeout
// memory: 64
// timeout: 15000
let s = '';
for (let i = 0; i < 1e7; i++) s += 'x';
s.charCodeAt(5e6); s.length
