// tries: array buffers of every size up to the largest
// contained: value "refused"
let refused = 0;
for (const size of [2 ** 28, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1, 2 ** 53]) { try { new ArrayBuffer(size); } catch { refused++; } try { new ArrayBuffer(0, { maxByteLength: size }).resize(size); } catch { refused++; } }
refused === 12 ? 'refused' : refused
