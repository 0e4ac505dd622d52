// tries: ten thousand template objects kept and changed
// contained: value "survived"
const tag = (s) => s;
const kept = new Set();
for (let i = 0; i < 1e4; i++) kept.add(tag`a${i}b`);
try { [...kept][0].raw.push(1); } catch {}
kept.size === 1 ? 'survived' : kept.size
