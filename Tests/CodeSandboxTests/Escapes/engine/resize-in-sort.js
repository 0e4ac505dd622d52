// tries: shrinking a resizable buffer inside the comparator of a typed array sort
// contained: value "survived"
const buffer = new ArrayBuffer(4096, { maxByteLength: 8192 });
const view = new Uint32Array(buffer).map((_, i) => 1024 - i);
const tracked = new Uint32Array(buffer);
let n = 0;
tracked.sort((a, b) => { n++; if (n === 10) buffer.resize(16); if (n === 50) buffer.resize(8192); if (n === 90) buffer.resize(0); return a - b; });
"survived"
