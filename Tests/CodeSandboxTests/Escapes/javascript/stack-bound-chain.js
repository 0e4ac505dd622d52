// tries: overflowing the stack along a chain of bound functions, whose names grow with each
// contained: failure memoryLimit
// memory: 128
let f = () => 1;
for (let i = 0; i < 1e5; i++) f = f.bind(null);
f();
throw new Error("through")
