// tries: reading what others left in memory
// contained: value true
let clean = true;
for (const size of [1, 64, 4096, 1e5]) for (let i = 0; i < 20; i++) { if (new Uint8Array(size).some((b) => b !== 0)) clean = false; const b = new ArrayBuffer(16, { maxByteLength: 1e5 }); b.resize(1e5); if (new Uint8Array(b).some((x) => x !== 0)) clean = false; }
clean
