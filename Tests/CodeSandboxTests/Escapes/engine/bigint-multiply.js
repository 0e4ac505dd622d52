// tries: squaring a BigInt for ever, where nothing can be interrupted
// contained: failure exception
// contained: failure timeout
// contained: failure memoryLimit
// timeout: 1000
let x = 3n;
for (;;) x *= x;
