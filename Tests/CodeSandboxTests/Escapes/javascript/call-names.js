// tries: calling the host by names of its own objects
// contained: value 6
let n = 0;
for (const route of ['__proto__', 'constructor', 'toString', '\0', 'x'.repeat(1e5), '../../admin']) { await callAPI(route); n++; }
n
