// tries: overflowing the stack in the serialiser of the result
// contained: failure unserializableResult "200 levels"
let deep = [];
for (let i = 0; i < 1e5; i++) deep = [deep];
deep
