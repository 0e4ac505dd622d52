// tries: a path of ten megabytes and one of a million steps
// contained: value ["refused","refused"]
// memory: 128
const results = [];
for (const path of ['x'.repeat(1e7), 'a/../'.repeat(1e5) + '../etc']) { try { await fs.readFile(path); results.push('read'); } catch { results.push('refused'); } }
results
