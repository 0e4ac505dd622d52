// tries: a replacer that grows the array it walks
// contained: value "done"
// contained: failure memoryLimit
// contained: failure timeout
// contained: failure exception
const a = [1];
try { JSON.stringify(a, (k, v) => { if (k !== '' && a.length < 1e5) a.push(1, [1]); return v; }, '\t'.repeat(20)); JSON.stringify({ a }, Array.from({ length: 1e4 }, (_, i) => ({ toString() { return 'k' + i; } }))); } catch (e) { if (e.name === 'InternalError') throw e; }
'done'
