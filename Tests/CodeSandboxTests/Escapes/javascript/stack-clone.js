// tries: overflowing the stack in structuredClone
// contained: failure stackLimit
let deep = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
structuredClone(deep)
