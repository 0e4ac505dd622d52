// tries: ten thousand calls that nobody waits for
// contained: value "limit"
// calls: 20
// timeout: 20000
let last;
for (let i = 0; i < 1e4; i++) { const p = callAPI('x'); p.catch((error) => { last = error.code; }); if (i % 1000 === 0) await null; }
await new Promise((r) => setTimeout(r, 5));
last === 'hostCallLimit' ? 'limit' : last
