// tries: leaving a call half made by an argument whose trap throws
// contained: value ["mine",0]
// sees: 
let name;
try { await callAPI('x', new Proxy({}, { ownKeys() { throw new Error('mine'); } })); } catch (error) { name = error.message.includes('mine') ? 'mine' : error.message; }
[name, 0]
