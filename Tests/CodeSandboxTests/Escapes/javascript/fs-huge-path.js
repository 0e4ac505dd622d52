// tries: a path of a megabyte and one of forty thousand steps
// contained: value ["refused","refused"]
// memory: 128
const results = [];
for (const path of ['x'.repeat(1e6), 'a/../'.repeat(2e4) + '../etc']) { try { await fs.readFile(path); results.push('read'); } catch { results.push('refused'); } }
results
