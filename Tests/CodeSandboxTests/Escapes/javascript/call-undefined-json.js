// tries: arguments that have no JSON text at all
// contained: value ["done","done","done"]
const results = [];
for (const args of [Symbol('x'), () => 1, { toJSON() { return undefined; } }]) { try { await callAPI('x', args); } catch {} results.push('done'); }
results
