// tries: running out of memory inside host calls and their replies
// contained: value "survived"
// contained: failure memoryLimit
// memory: 4
let hold = [];
try { for (;;) hold.push('x'.repeat(500) + hold.length); } catch {}
for (let i = 0; i < 40; i++) { try { await callAPI('x', { text: 'y'.repeat(i * 1000) }); } catch {} hold.length = Math.max(0, hold.length - 10); }
hold = null;
"survived"
