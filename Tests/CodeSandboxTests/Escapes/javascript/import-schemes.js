// tries: importing by every scheme
// contained: value ["refused"]
const results = [];
for (const name of ['file:///etc/passwd', 'https://example.com/x.js', 'data:text/javascript,export default 1', 'node:fs', 'blob:x',
    'std', 'os', 'qjs:std', 'qjs:os', 'bitetrack:native', 'sandbox:prelude', 'script.js', './script.js', '\0', '', 'http://localhost/', 'jar:x!/y']) {
    try { await import(name); results.push(name); } catch (error) { results.push('refused'); }
}
[...new Set(results)]
