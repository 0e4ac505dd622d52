// tries: reading files outside the tree
// contained: value ["refused"]
const results = [];
for (const path of ['/etc/passwd', '../../etc/passwd', 'tools/../../etc/passwd', '/proc/self/environ', '/proc/self/mem', '/dev/mem', 'tools/\0/../../etc',
    'tools/sales/getSales.js\0', 'file:///etc/passwd', '%2e%2e/etc/passwd', '..\\..\\etc', '//etc//passwd', '.', '/', '~', '/proc/self/fd/3']) {
    for (const read of [fs.readFile, fs.readdir]) {
        try { const text = await read(path); results.push(JSON.stringify(text).includes('root:') ? path : 'refused'); } catch { results.push('refused'); }
    }
}
[...new Set(results)]
