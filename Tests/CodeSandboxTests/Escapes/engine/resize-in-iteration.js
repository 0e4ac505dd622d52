// tries: resizing and transferring a buffer while its views are iterated
// contained: value "survived"
const buffer = new ArrayBuffer(800, { maxByteLength: 1600 });
const view = new Float64Array(buffer);
let n = 0;
try { for (const x of view) { n++; if (n === 3) buffer.resize(1600); if (n === 120) buffer.resize(80); if (n > 1000) break; } } catch {}
try { for (const [i, x] of new Uint8Array(buffer).entries()) { if (i === 4) buffer.transfer(); if (i > 1000) break; } } catch {}
"survived"
