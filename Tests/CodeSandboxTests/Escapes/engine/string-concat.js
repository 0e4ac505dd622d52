// tries: doubling a string until nothing is left
// contained: failure memoryLimit
// contained: failure exception
let s = 'x';
for (;;) s += s + s;
