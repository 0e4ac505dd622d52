// tries: running out of memory inside console.log, again and again
// contained: value "survived"
// memory: 4
// output: 4000000
const hold = [];
try { for (;;) hold.push('x'.repeat(1000) + hold.length); } catch {}
for (let i = 0; i < 200; i++) { try { console.log({ a: [i, { b: 'y'.repeat(i * 10) }], hold }); } catch {} hold.length -= 1; }
hold.length = 0;
"survived"
