// tries: importing a shared library or bytecode
// contained: value ["refused"]
const results = [];
for (const name of ['./x.so', '/lib/x86_64-linux-gnu/libc.so.6', './tools/evil.so', './tools/sales/getSales.bin']) {
    try { await import(name); results.push(name); } catch { results.push('refused'); }
}
[...new Set(results)]
