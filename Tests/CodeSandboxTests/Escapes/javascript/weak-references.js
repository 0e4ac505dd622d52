// tries: holding on to collected objects by WeakRef and FinalizationRegistry
// contained: value ["object","function"]
const registry = new FinalizationRegistry(() => { throw new Error('from the collector'); });
for (let i = 0; i < 1000; i++) registry.register({ big: new Array(100).fill(i) }, i);
const ref = new WeakRef({ a: 1 });
const filler = [];
for (let i = 0; i < 2e4; i++) { filler.push({ i }); if (i % 1000 === 0) filler.length = 0; }
[typeof ref, typeof registry.register]
