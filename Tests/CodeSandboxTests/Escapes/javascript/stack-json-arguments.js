// tries: overflowing the stack in the serialiser of a host call
// contained: value "refused"
// sees: 
let deep = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
let result;
try { await callAPI('x', { deep }); result = 'sent'; } catch { result = 'refused'; }
result
